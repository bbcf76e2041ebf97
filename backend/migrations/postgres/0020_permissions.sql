-- Counts changes of what people may see, whoever makes them, so that open streams look again.
INSERT INTO counters (name, value) VALUES ('permissions', 0);
CREATE FUNCTION count_permissions() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'permissions';
    RETURN NULL;
END $$;
CREATE TRIGGER memberships_changed AFTER INSERT OR UPDATE OR DELETE ON memberships
    FOR EACH STATEMENT EXECUTE FUNCTION count_permissions();
CREATE TRIGGER people_changed AFTER UPDATE OF active, support ON people
    FOR EACH STATEMENT EXECUTE FUNCTION count_permissions();
CREATE TRIGGER organisations_changed AFTER UPDATE OF visibility ON organisations
    FOR EACH STATEMENT EXECUTE FUNCTION count_permissions();

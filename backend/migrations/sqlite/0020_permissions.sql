-- Counts changes of what people may see, whoever makes them, so that open streams look again.
INSERT INTO counters (name, value) VALUES ('permissions', 0);
CREATE TRIGGER memberships_added AFTER INSERT ON memberships BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'permissions';
END;
CREATE TRIGGER memberships_changed AFTER UPDATE ON memberships BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'permissions';
END;
CREATE TRIGGER memberships_taken AFTER DELETE ON memberships BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'permissions';
END;
CREATE TRIGGER people_changed AFTER UPDATE OF active, support ON people BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'permissions';
END;
CREATE TRIGGER organisations_changed AFTER UPDATE OF visibility ON organisations BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'permissions';
END;

# Makes a PostgreSQL cluster and runs it until standard input ends: that is when
# the test process is gone, however it went. Then nothing stays behind.
folder=$1
programs=$2
shift 2 # What is left goes before each command: another user to run as, or nothing.
"$@" "$programs/initdb" --pgdata="$folder/data" --username=casement --auth=trust \
    --encoding=UTF8 --locale=C --no-sync </dev/null || exit
# Sockets only: no port to find, and nobody else's to meet.
"$@" "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= \
    -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off &
server=$!
read -r _
# Again and again: a server that has hardly started does not hear it yet.
while kill -QUIT "$server" 2>/dev/null; do sleep 0.1; done
rm -rf "$folder"

# Runs PostgreSQL until standard input ends: that is when the test process is
# gone, however it went. Then nothing stays behind.
folder=$1
shift
"$@" &
server=$!
read -r _
kill -QUIT "$server"
wait "$server"
rm -rf "$folder"

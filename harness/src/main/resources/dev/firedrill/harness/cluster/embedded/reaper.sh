# Ends every process of a run when the run's harness is gone, in whatever way it went, and removes the run's directory.
# Standard input is a pipe from the harness: it ends with it, even after kill -9. A line means that it left in good order.
# Arguments: the variable that marks the run's processes, as NAME=value; the run's directory.
mark=$1
directory=$2
trap '' HUP INT TERM
read -r farewell

# A process that the harness was just starting shows its mark a moment later: look again until none came for a while.
quiet=0
passes=0
while [ "$quiet" -lt 5 ] && [ "$passes" -lt 100 ]; do
    quiet=$((quiet + 1))
    passes=$((passes + 1))
    for environment in $(grep -lsF -e "$mark" /proc/[0-9]*/environ); do
        pid=${environment#/proc/}
        pid=${pid%/environ}
        # The pid may have changed hands since: ask again.
        if grep -qsF -e "$mark" "$environment"; then
            kill -9 "$pid" 2>/dev/null && quiet=0
        fi
    done
    [ -n "$farewell" ] && break
    sleep 0.1
done

if [ -f "$directory/.firedrill-run" ]; then
    rm -rf -- "$directory"
fi

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Kills every process with a marker, until none is left. It needs kill, printf, grep and sleep.</summary>
/// <remarks>
/// The arguments are markers. A line is <c>GROUP:START</c>; START is the start time of the group leader (field 22 of
/// /proc/PID/stat), which identifies a recycled id. A process cannot escape from pass to pass: ids ascend, so a pass
/// checks a process born during the pass after its parent, and a pass that saw every process and found none has missed
/// none. A pass does not see a process between two programs (in an exec), whose environment is empty until the next
/// program has it, nor processes born after the ids have wrapped around; then there is another pass. The kernel assigns
/// an id before /proc shows the process, so a pass follows the ids assigned since the previous pass began: a process
/// that had an id by then and was not visible had a visible parent, and a parent that is killed while it forks has no
/// child. After a minute the script gives up.
/// </remarks>
internal static class SweepScript
{
    public const string Text = """
        # A name may hold anything, a line end too; nothing after it does.
        read_stat() {
            stat=
            while IFS= read -r line || [ -n "$line" ]; do
                stat=$stat$line
            done <"/proc/$1/stat" || return 1
            set -- ${stat##*) }
            start=${20} size=${21} variables=${48}-${49}
            [ -n "$start" ]
        }

        for group in $lines; do
            leader=${group%:*}
            if read_stat "$leader" && [ "$start" != "${group#*:}" ]; then
                continue
            fi
            kill -9 "-$leader"
        done

        # With the process group that it leads: who has cleared its environment may be in there.
        strike() {
            kill -9 "-$1"
            kill -9 "$1" && quiet=0
        }

        # Kills the process if it carries the marker; fails if it is between two programs. The shell's own read drops zero
        # bytes and forks nothing. An environment may be empty for good, or all zeros: then it lies where it lay before.
        check() {
            before=
            while :; do
                seen=
                while IFS= read -r line || [ -n "$line" ]; do
                    seen=1
                    case $line in
                        *"$marker"*) strike "$1" ;;
                    esac
                done <"/proc/$1/environ" || return 0
                [ -z "$seen" ] && read_stat "$1" && [ "$size" != 0 ] && [ "$variables" != "$before" ] || return 0
                [ "$variables" != 0-0 ] || return 1
                before=$variables
            done
        }

        # One reading tells whether an environment has the marker, and whether it has anything. Not every grep can do it.
        if [ "$(printf 'x\0y\n' | LC_ALL=C grep -aoE '^.|y')" = "$(printf 'x\ny')" ]; then
            read_all() { LC_ALL=C grep -aosHE "^.|$marker" /proc/[0-9]*/environ; }
        else
            read_all() { :; }
        fi
        check_all() {
            found=$(read_all)
            for file in /proc/[0-9]*/environ; do
                process=${file#/proc/} process=${process%/environ}
                case $found in
                    *"$file:$marker"*) strike "$process" ;;
                    *"$file:"*) ;;
                    *) check "$process" || quiet=0 ;;
                esac
            done
        }

        # What was born since the last pass began is followed by its id, for what forks on does not wait.
        check_new() {
            while in_time && read -r _ _ _ _ newest </proc/loadavg && [ "$last" -ne "$newest" ]; do
                if [ "$last" -gt "$newest" ]; then
                    quiet=0
                    return
                fi
                while [ "$last" -lt "$newest" ]; do
                    last=$((last + 1)) tries=0
                    until check "$last"; do
                        tries=$((tries + 1))
                        if [ "$tries" -eq 20 ]; then
                            quiet=0
                            break
                        fi
                    done
                done
            done
        }

        in_time() {
            read -r now _ </proc/uptime
            [ "${now%.*}" -lt "$end" ]
        }

        read -r now _ </proc/uptime
        end=$((${now%.*} + 60))
        for marker; do
            pass=0 quiet=0
            read -r _ _ _ _ begun </proc/loadavg
            while [ "$quiet" = 0 ] || [ "$pass" -lt 2 ]; do
                in_time || exit 1
                [ "$pass" -lt 50 ] || sleep 0.1
                pass=$((pass + 1)) quiet=1
                last=$begun
                read -r _ _ _ _ begun </proc/loadavg
                check_all
                check_new
            done
        done
        exit 0
        """;
}

namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>What the guardian runs: POSIX sh as dash and busybox have it, with kill, printf and grep.</summary>
/// <remarks>
/// Argument 1 is the marker prefix. Standard input: <c>+ GROUP:START</c> and <c>- GROUP:START</c>, START being the start
/// time of the group's leader (field 22 of /proc/PID/stat), by which a recycled id is known. It acts at end of file.
/// </remarks>
internal static class GuardianScript
{
    public const string Text = """
        trap '' HUP INT TERM
        marker=$1
        groups=' '
        while read -r verb group; do
            case $verb in
                +) groups="$groups$group " ;;
                -) case $groups in
                       *" $group "*) groups="${groups%%" $group "*} ${groups#*" $group "}" ;;
                   esac ;;
            esac
        done

        for group in $groups; do
            leader=${group%:*}
            if read -r stat <"/proc/$leader/stat"; then
                set -- ${stat##*) }
                [ "${20}" = "${group#*:}" ] || continue
            fi
            kill -9 "-$leader"
        done

        # Kills the process if it carries the marker; fails if its environment is empty, as it is between two programs.
        # The shell's own read drops the zero bytes and forks nothing.
        check() {
            status=1
            while IFS= read -r line || [ -n "$line" ]; do
                status=0
                case $line in
                    *"$marker"*) kill -9 "$1" && quiet=0 ;;
                esac
            done <"/proc/$1/environ" || status=0
            return "$status"
        }

        # busybox grep stops at the first zero byte.
        if printf 'x\0y\n' | grep -qsF y; then
            check_all() {
                for file in $(grep -lsF "$marker" /proc/[0-9]*/environ); do
                    process=${file#/proc/}
                    kill -9 "${process%/environ}" && quiet=0
                done
            }
        else
            check_all() {
                for file in /proc/[0-9]*/environ; do
                    process=${file#/proc/}
                    check "${process%/environ}"
                done
            }
        fi

        # What was born since the list was made is followed by its id, for what forks on does not wait.
        check_new() {
            while read -r _ _ _ _ newest </proc/loadavg && [ "$seen" -lt "$newest" ]; do
                while [ "$seen" -lt "$newest" ]; do
                    seen=$((seen + 1))
                    tries=0
                    until check "$seen" || [ "$tries" -eq 20 ]; do
                        tries=$((tries + 1))
                    done
                done
            done
        }

        pass=0 quiet=0
        while [ "$quiet" -lt 3 ] && [ "$pass" -lt 1000 ]; do
            pass=$((pass + 1)) quiet=$((quiet + 1))
            read -r _ _ _ _ seen </proc/loadavg
            check_all
            check_new
        done
        exit 0
        """;
}

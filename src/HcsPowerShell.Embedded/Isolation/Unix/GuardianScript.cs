namespace HcsPowerShell.Embedded.Isolation.Unix;

/// <summary>What the guardian runs: POSIX sh as dash and busybox have it, with kill, printf, grep and tr.</summary>
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
            kill -s KILL -- "-$leader"
        done

        # Kills while it looks, for what forks on does not wait; busybox grep stops at the first zero byte of a line.
        if printf 'x\0y\n' | grep --line-buffered -qsF y; then
            marked() { grep --line-buffered -lsF "$marker" /proc/[0-9]*/environ; }
        else
            marked() {
                for file in /proc/[0-9]*/environ; do
                    tr '\0' '\n' <"$file" | grep -qF "$marker" && echo "$file"
                done
            }
        fi

        # One pass can miss a process that is between two programs: its environment reads as empty then.
        pass=0 quiet=0
        while [ "$quiet" -lt 3 ] && [ "$pass" -lt 2000 ]; do
            pass=$((pass + 1)) quiet=$((quiet + 1))
            marked | {
                found=1
                while read -r file; do
                    process=${file#/proc/}
                    kill -s KILL "${process%/environ}" && found=0
                done
                exit "$found"
            } && quiet=0
        done
        """;
}

namespace HcsPowerShell.Embedded.Isolation.Oci.State;

/// <summary>Removes what a host has left: POSIX sh as dash and busybox have it, with find, kill, rm, sleep and tr.</summary>
/// <remarks>
/// Arguments: the folder of the host, its name, and runc. It acts at the end of standard input. Mounts, loop devices and
/// network namespaces need no removal: they belong to a container's own mount namespace and go with its last process.
/// Running twice, or two at once, does no harm.
/// </remarks>
internal static class LeftoversScript
{
    public const string Text = """
        trap '' HUP INT TERM
        while read -r _; do :; done
        folder=$1 host=$2 runc=$3

        # A command of runc that was under way would go on making what is being removed; two removals trip each other up.
        stop_tools() {
            for file in /proc/[0-9]*/cmdline; do
                case $(tr '\0' ' ' <"$file") in
                    "$runc --root $folder/"* | "rm -rf $folder/bundles/"*)
                        process=${file#/proc/}
                        kill -9 "${process%/cmdline}" ;;
                esac
            done
        }

        pass=0
        while [ "$pass" -lt 100 ]; do
            pass=$((pass + 1)) quiet=1
            stop_tools
            for group in /sys/fs/cgroup/hcs-"$host"-* /sys/fs/cgroup/*/hcs-"$host"-*; do
                [ -d "$group" ] || continue
                quiet=0
                while read -r process; do
                    kill -9 "$process"
                done <"$group/cgroup.procs"

                # What is frozen does not even die.
                [ ! -f "$group/freezer.state" ] || echo THAWED >"$group/freezer.state"
                [ ! -f "$group/cgroup.freeze" ] || echo 0 >"$group/cgroup.freeze"
            done
            for bundle in "$folder"/bundles/*; do
                [ -d "$bundle" ] || continue
                quiet=0
                "$runc" --root "$folder/runc" delete --force "${bundle##*/}"
                rm -rf "$bundle"
            done
            for group in /sys/fs/cgroup/hcs-"$host"-* /sys/fs/cgroup/*/hcs-"$host"-*; do
                [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} \;
            done
            [ "$quiet" = 0 ] || break
            sleep 0.1
        done
        rm -rf "$folder" "$folder.lock"
        exit 0
        """;
}

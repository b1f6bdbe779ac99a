using System.Runtime.InteropServices;

namespace HcsPowerShell.Embedded.Linux.Native;

internal static partial class Libc
{
    /// <param name="pid">Receives the process id.</param>
    /// <param name="path">UTF-8, ending in a zero byte.</param>
    /// <param name="fileActions">posix_spawn_file_actions_t.</param>
    /// <param name="attributes">posix_spawnattr_t.</param>
    /// <param name="arguments">Strings, ending in a null pointer.</param>
    /// <param name="environment">Strings, ending in a null pointer.</param>
    /// <returns>An error number, also for a failed exec.</returns>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn(
        out int pid,
        byte[] path,
        nint fileActions,
        nint attributes,
        nint[] arguments,
        nint[] environment);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_init(nint fileActions);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_destroy(nint fileActions);

    /// <remarks>glibc 2.29, musl 1.1.24.</remarks>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_addchdir_np(
        nint fileActions,
        byte[] path);

    /// <remarks>glibc 2.34; musl has none.</remarks>
    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_addclosefrom_np(
        nint fileActions,
        int from);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_adddup2(
        nint fileActions,
        FileDescriptor descriptor,
        int newDescriptor);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawn_file_actions_addopen(
        nint fileActions,
        int descriptor,
        byte[] path,
        int flags,
        uint mode);

    internal const short POSIX_SPAWN_SETPGROUP = 0x02;
    internal const short POSIX_SPAWN_SETSIGDEF = 0x04;
    internal const short POSIX_SPAWN_SETSIGMASK = 0x08;
    internal const short POSIX_SPAWN_SETSID = 0x80;

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_init(nint attributes);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_destroy(nint attributes);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_setflags(
        nint attributes,
        short flags);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_setsigdefault(
        nint attributes,
        byte[] signals);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int posix_spawnattr_setsigmask(
        nint attributes,
        byte[] signals);

    /// <summary>Bytes of a sigset_t.</summary>
    internal const int SignalSetSize = 128;

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int sigemptyset([Out] byte[] signals);

    [DllImport(Library, ExactSpelling = true)]
    internal static extern int sigfillset([Out] byte[] signals);

    internal const int SIGKILL = 9;
    internal const int SIGTERM = 15;
    internal const int SIGCONT = 18;
    internal const int SIGSTOP = 19;

    /// <param name="pid">A process, or minus a process group.</param>
    /// <param name="signal">0 only checks whether the process or group exists.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int kill(
        int pid,
        int signal);

    // The same number on every architecture; the C library has no wrapper before glibc 2.36.
    private const nint SYS_pidfd_open = 434;

    /// <summary>Opens a descriptor, close-on-exec, that becomes readable when the process has exited.</summary>
    /// <returns>-1 on failure, with the error number set.</returns>
    internal static int pidfd_open(int pid) => (int)syscall(SYS_pidfd_open, pid, 0);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        nint first,
        nint second);

    // The same number on every architecture; Linux 5.1. The C library has no wrapper before glibc 2.36.
    private const nint SYS_pidfd_send_signal = 424;

    /// <summary>Sends a signal to this process, never to another process that reuses its id.</summary>
    internal static int pidfd_send_signal(FileDescriptor process, int signal) =>
        (int)syscall(SYS_pidfd_send_signal, process, signal, 0, 0);

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    private static extern nint syscall(
        nint number,
        FileDescriptor process,
        nint signal,
        nint info,
        nint flags);

    internal const int P_PID = 1;
    internal const int WNOHANG = 1;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x01000000;

    /// <summary>Reaps a child.</summary>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int wait4(
        int pid,
        out int status,
        int options,
        out ResourceUsage usage);

    /// <param name="idType">P_ constant.</param>
    /// <param name="id">Process id.</param>
    /// <param name="info">siginfo_t, 128 bytes.</param>
    /// <param name="options">W constants.</param>
    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern int waitid(
        int idType,
        uint id,
        byte[] info,
        int options);

    /// <summary>The first members of struct rusage, of a process and of the children it waited for.</summary>
    /// <remarks>The size is that of musl on 32 bit, the largest. Blocks are of 512 bytes.</remarks>
    [StructLayout(LayoutKind.Sequential, Size = 288)]
    internal struct ResourceUsage
    {
        public nint UserSeconds;
        public nint UserMicroseconds;
        public nint SystemSeconds;
        public nint SystemMicroseconds;
        public nint MaximumResidentSet;
        public nint SharedText;
        public nint UnsharedData;
        public nint UnsharedStack;
        public nint MinorFaults;
        public nint MajorFaults;
        public nint Swaps;
        public nint InputBlocks;
        public nint OutputBlocks;
    }

    [DllImport(Library, ExactSpelling = true)]
    internal static extern uint geteuid();

    internal const int _SC_CLK_TCK = 2;

    [DllImport(Library, ExactSpelling = true, SetLastError = true)]
    internal static extern nint sysconf(int name);
}

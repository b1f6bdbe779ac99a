using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Isolation.Unix;

namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>A call the kernel refuses. Its code is the error number, as with the exceptions of .NET on Unix.</summary>
/// <param name="what">What cannot be done, as a sentence without its end.</param>
/// <param name="errno">The error number.</param>
internal sealed class KernelException(string what, int errno) : IOException($"{what}, errno {errno}.", errno)
{
    /// <summary>Refuses to take for missing what could not be opened because a limit is met.</summary>
    /// <param name="file">What an open has given; closed, where it is invalid.</param>
    /// <returns>The same; null when there is nothing to open, the error number is set then.</returns>
    /// <exception cref="KernelException">A limit is met.</exception>
    public static FileDescriptor? NullIfMissing(FileDescriptor file)
    {
        int errno = Marshal.GetLastWin32Error();
        return !file.IsInvalid ? file
            : MachineLimit.Of(errno) is null ? null
            : throw new KernelException("A file cannot be opened", errno);
    }
}

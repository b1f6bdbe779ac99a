using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>An error number of starting a process as the HRESULT HCS would give.</summary>
internal static class SpawnError
{
    private const int OutOfMemory = unchecked((int)0x8007000E);
    private const int Unspecified = unchecked((int)0x80004005);

    public static HcsException From(int errno) => new("HcsCreateProcess", errno switch
    {
        Errno.ENOENT => HResult.FileNotFound,
        Errno.EACCES or Errno.EPERM => HResult.AccessDenied,
        Errno.ENOEXEC => HResult.BadExeFormat,
        Errno.EAGAIN or Errno.ENOMEM => OutOfMemory,
        _ => Unspecified,
    });
}

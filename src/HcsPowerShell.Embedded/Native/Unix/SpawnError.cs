using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Native.Unix;

/// <summary>An error number of starting a process as the HRESULT HCS would give.</summary>
internal static class SpawnError
{
    public static HcsException From(int errno) => new("HcsCreateProcess", errno switch
    {
        Errno.ENOENT => HResult.FileNotFound,
        Errno.EACCES or Errno.EPERM => HResult.AccessDenied,
        Errno.ENOEXEC => HResult.BadExeFormat,
        Errno.EAGAIN or Errno.ENOMEM => HResult.OutOfMemory,
        _ => HResult.Unspecified,
    });
}

using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>Converts the error number of a failed process start to the HRESULT HCS would give.</summary>
internal static class SpawnError
{
    private const string Function = "HcsCreateProcess";

    public static HcsException From(int errno) => MachineLimit.Of(errno) is { } limit
        ? Refusal.Refused(Function, limit.HResult, limit.Message)
        : new HcsException(Function, errno switch
        {
            Errno.ENOENT => HResult.FileNotFound,
            Errno.EACCES or Errno.EPERM => HResult.AccessDenied,
            Errno.ENOEXEC => HResult.BadExeFormat,
            Errno.E2BIG => HResult.InvalidArgument,
            _ => HResult.Unspecified,
        });
}

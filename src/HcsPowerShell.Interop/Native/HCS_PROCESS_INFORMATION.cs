using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

/// <summary>Both libraries fill it; a pipe that was not requested is 0 or INVALID_HANDLE_VALUE.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HCS_PROCESS_INFORMATION
{
    internal uint ProcessId;
    internal uint Reserved;
    internal IntPtr StdInput;
    internal IntPtr StdOutput;
    internal IntPtr StdError;
}

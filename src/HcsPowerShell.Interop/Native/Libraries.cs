using System.Runtime.InteropServices;

// A library of the same name beside a script or in the current folder is never loaded.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace HcsPowerShell.Interop.Native;

internal static class Libraries
{
    internal const string Advapi32 = "advapi32.dll";
    internal const string ComputeCore = "computecore.dll";
    internal const string ComputeNetwork = "computenetwork.dll";
    internal const string Kernel32 = "kernel32.dll";
    internal const string NtDll = "ntdll.dll";
    internal const string Ole32 = "ole32.dll";
    internal const string Shell32 = "shell32.dll";
    internal const string VmCompute = "vmcompute.dll";
}

using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class ComputeCore
{
    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsCreateEmptyRuntimeStateFile(
        string runtimeStateFilePath);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGrantVmAccess(
        string vmId,
        string filePath);

    /// <summary>Since Windows 10 2004.</summary>
    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsGrantVmGroupAccess(
        string filePath);

    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsRevokeVmAccess(
        string vmId,
        string filePath);

    /// <summary>Since Windows 10 2004.</summary>
    [DllImport(Libraries.ComputeCore, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int HcsRevokeVmGroupAccess(
        string filePath);
}

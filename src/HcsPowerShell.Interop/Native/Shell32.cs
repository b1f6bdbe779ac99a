using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class Shell32
{
    /// <summary>Not 0 when the token of this process has the rights of an administrator, elevation included.</summary>
    [DllImport(Libraries.Shell32, ExactSpelling = true)]
    internal static extern int IsUserAnAdmin();
}

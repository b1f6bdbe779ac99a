using System;
using System.Runtime.InteropServices;

namespace HcsPowerShell.Interop.Native;

internal static partial class VmCompute
{
    /// <summary>Says how layers are named: always by their folders.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct DriverInfo
    {
        /// <summary>1: the filter driver.</summary>
        internal int Flavour;

        /// <summary>An empty text, not 0.</summary>
        internal IntPtr HomeDir;
    }

    /// <summary>A read-only layer below a scratch.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct WC_LAYER_DESCRIPTOR
    {
        internal Guid LayerId;

        /// <summary>Always 0.</summary>
        internal uint Flags;

        /// <summary>Text of the caller, read during the call only.</summary>
        internal IntPtr Path;
    }

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int ActivateLayer(
        ref DriverInfo info,
        string id);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int DeactivateLayer(
        ref DriverInfo info,
        string id);

    /// <summary>Windows does not bear two of these calls at the same time in a process.</summary>
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int PrepareLayer(
        ref DriverInfo info,
        string id,
        WC_LAYER_DESCRIPTOR[] descriptors,
        uint descriptorCount);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int UnprepareLayer(
        ref DriverInfo info,
        string id);

    /// <summary>
    /// Called twice: without a buffer it tells the number of characters, with the null character; 0 means no path.
    /// </summary>
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int GetLayerMountPath(
        ref DriverInfo info,
        string id,
        ref UIntPtr length,
        [Out] char[]? buffer);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int CreateSandboxLayer(
        ref DriverInfo info,
        string id,
        string? parent,
        WC_LAYER_DESCRIPTOR[] descriptors,
        uint descriptorCount);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int ExpandSandboxSize(
        ref DriverInfo info,
        string id,
        ulong size);

    /// <summary>Ends the process when the layer is the base of a mounted one.</summary>
    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int DestroyLayer(
        ref DriverInfo info,
        string id);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int NameToGuid(
        string name,
        out Guid guid);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int ProcessBaseImage(
        string path);

    [DllImport(Libraries.VmCompute, CharSet = CharSet.Unicode, ExactSpelling = true)]
    internal static extern int ProcessUtilityImage(
        string path);
}

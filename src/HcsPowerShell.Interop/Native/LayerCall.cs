using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using static HcsPowerShell.Interop.Native.VmCompute;

namespace HcsPowerShell.Interop.Native;

/// <summary>
/// The layer functions of vmcompute, without pointers and away from the caller's thread. Each throws
/// <see cref="HcsException"/> when it is refused.
/// </summary>
internal static class LayerCall
{
    // The length of the longest path of Windows, with its null character.
    private const int MostCharacters = 32768;

    private const int FilterDriver = 1;

    private static readonly string[] s_privilegesOfProcessing =
        ["SeBackupPrivilege", "SeRestorePrivilege", "SeSecurityPrivilege"];

    // Lives as long as the process, as every call needs it.
    private static readonly IntPtr s_noHome = Marshal.StringToHGlobalUni(string.Empty);

    private delegate int Call(ref DriverInfo info);

    /// <summary>Returns the id of a layer by the name of its folder.</summary>
    internal static Task<Guid> NameToGuidAsync(string name) => NativeCall.RunAsync(nameof(NameToGuid), null, () =>
    {
        Check(nameof(NameToGuid), NameToGuid(name, out Guid id));
        return id;
    });

    internal static Task ActivateAsync(string path) => RunAsync(
        nameof(ActivateLayer), (ref DriverInfo info) => ActivateLayer(ref info, LongPath.Of(path)));

    internal static Task DeactivateAsync(string path) => RunAsync(
        nameof(DeactivateLayer), (ref DriverInfo info) => DeactivateLayer(ref info, LongPath.Of(path)));

    /// <summary>
    /// Prepares a layer on a thread of its own. The caller sees to it that no other call is under way.
    /// </summary>
    /// <param name="path">Folder of the scratch.</param>
    /// <param name="parents">All layers below it, newest first.</param>
    internal static Task PrepareAsync(string path, IReadOnlyList<Layer> parents) => NativeCall.RunAloneAsync(
        nameof(PrepareLayer),
        () => Run(nameof(PrepareLayer), (ref DriverInfo info) =>
        {
            WC_LAYER_DESCRIPTOR[] descriptors = Describe(parents);
            try
            {
                return PrepareLayer(ref info, LongPath.Of(path), descriptors, (uint)descriptors.Length);
            }
            finally
            {
                Free(descriptors);
            }
        }));

    internal static Task UnprepareAsync(string path) => RunAsync(
        nameof(UnprepareLayer), (ref DriverInfo info) => UnprepareLayer(ref info, LongPath.Of(path)));

    /// <summary>
    /// Returns the volume of a scratch, without a backslash at its end; null when the library knows no path.
    /// </summary>
    internal static Task<string?> GetMountPathAsync(string path) =>
        NativeCall.RunAsync(nameof(GetLayerMountPath), null, () => MountPath(path));

    internal static Task CreateScratchAsync(string path, IReadOnlyList<Layer> parents) => RunAsync(
        nameof(CreateSandboxLayer),
        (ref DriverInfo info) =>
        {
            WC_LAYER_DESCRIPTOR[] descriptors = Describe(parents);
            try
            {
                return CreateSandboxLayer(ref info, LongPath.Of(path), null, descriptors, (uint)descriptors.Length);
            }
            finally
            {
                Free(descriptors);
            }
        });

    /// <summary>Makes the disk of a scratch larger.</summary>
    /// <param name="path">Folder of the scratch.</param>
    /// <param name="size">The new size in bytes.</param>
    internal static Task ExpandAsync(string path, ulong size) => RunAsync(
        nameof(ExpandSandboxSize), (ref DriverInfo info) => ExpandSandboxSize(ref info, LongPath.Of(path), size));

    /// <summary>Deletes a layer. It must not be the base of a mounted one: that ends the process.</summary>
    internal static Task DestroyAsync(string path) => RunAsync(
        nameof(DestroyLayer), (ref DriverInfo info) => DestroyLayer(ref info, LongPath.Of(path)));

    /// <summary>Completes an unpacked base layer, with the privileges to read and write every file.</summary>
    internal static Task ProcessBaseAsync(string path) => ProcessAsync(
        nameof(ProcessBaseImage), () => ProcessBaseImage(LongPath.Of(path)));

    /// <summary>Completes the utility virtual machine of an unpacked layer, with the same privileges.</summary>
    /// <param name="path">The folder <c>UtilityVM</c> of the layer.</param>
    internal static Task ProcessUtilityAsync(string path) => ProcessAsync(
        nameof(ProcessUtilityImage), () => ProcessUtilityImage(LongPath.Of(path)));

    private static Task RunAsync(string function, Call call) =>
        NativeCall.RunAsync(function, null, () => Run(function, call));

    private static Task ProcessAsync(string function, Func<int> call) => NativeCall.RunAloneAsync(
        function, () => Privileges.With(s_privilegesOfProcessing, () => Check(function, call())));

    private static int Run(string function, Call call)
    {
        DriverInfo info = new() { Flavour = FilterDriver, HomeDir = s_noHome };
        return Check(function, call(ref info));
    }

    private static int Check(string function, int hresult) =>
        hresult < 0 ? throw new HcsException(function, hresult) : hresult;

    private static string? MountPath(string path)
    {
        UIntPtr length = UIntPtr.Zero;
        Run(nameof(GetLayerMountPath), (ref DriverInfo info) =>
            GetLayerMountPath(ref info, LongPath.Of(path), ref length, null));
        ulong characters = length.ToUInt64();
        if (characters == 0)
        {
            return null;
        }

        if (characters > MostCharacters)
        {
            throw new HcsException(nameof(GetLayerMountPath), HResult.InvalidData);
        }

        var buffer = new char[(int)characters];
        Run(nameof(GetLayerMountPath), (ref DriverInfo info) =>
            GetLayerMountPath(ref info, LongPath.Of(path), ref length, buffer));
        int end = Array.IndexOf(buffer, '\0');
        string volume = new string(buffer, 0, end < 0 ? buffer.Length : end).TrimEnd('\\');
        return volume.Length == 0 ? null : volume;
    }

    /// <summary>Writes the descriptors; their paths are freed after the call.</summary>
    private static WC_LAYER_DESCRIPTOR[] Describe(IReadOnlyList<Layer> parents)
    {
        var descriptors = new WC_LAYER_DESCRIPTOR[parents.Count];
        try
        {
            for (int i = 0; i < descriptors.Length; i++)
            {
                descriptors[i].LayerId = Guid.Parse(parents[i].ID!);
                descriptors[i].Path = Marshal.StringToHGlobalUni(LongPath.Of(parents[i].Path!));
            }

            return descriptors;
        }
        catch
        {
            Free(descriptors);
            throw;
        }
    }

    private static void Free(WC_LAYER_DESCRIPTOR[] descriptors)
    {
        foreach (WC_LAYER_DESCRIPTOR descriptor in descriptors)
        {
            Marshal.FreeHGlobal(descriptor.Path);
        }
    }
}

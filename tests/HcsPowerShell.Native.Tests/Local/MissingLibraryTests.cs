using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

/// <summary>Tests on a second copy of the interop assembly, whose imports do not use the mocks.</summary>
public sealed class MissingLibraryTests
{
    [Theory]
    [InlineData(LocalApi.Automatic)]
    [InlineData(LocalApi.ComputeCore)]
    [InlineData(LocalApi.VmCompute)]
    public async Task A_missing_library_is_an_error_of_its_own(LocalApi api)
    {
        Exception failure = await FailureAsync(AnotherAssembly.Load(resolver: null), api);
        Assert.Equal(unchecked((int)0x8007007E), failure.HResult);
        Assert.IsType<DllNotFoundException>(failure.InnerException);
    }

    [Theory]
    [InlineData(LocalApi.ComputeCore, "HcsEnumerateComputeSystems")]
    [InlineData(LocalApi.VmCompute, "HcsEnumerateComputeSystems")]
    public async Task A_missing_export_is_named(LocalApi api, string function)
    {
        Exception failure = await FailureAsync(AnotherAssembly.Load((_, _, _) => NativeLibrary.GetMainProgramHandle()), api);
        Assert.Equal(unchecked((int)0x8007007F), failure.HResult);
        Assert.Equal(function, failure.GetType().GetProperty(nameof(HcsException.Function))!.GetValue(failure));
        Assert.IsType<EntryPointNotFoundException>(failure.InnerException);
    }

    [Fact]
    public async Task A_missing_library_of_networks_is_the_same_error()
    {
        Exception failure = await FailureOfNetworksAsync(AnotherAssembly.Load(resolver: null));
        Assert.Equal(unchecked((int)0x8007007E), failure.HResult);
        Assert.IsType<DllNotFoundException>(failure.InnerException);
    }

    [Fact]
    public async Task A_missing_export_of_networks_is_named()
    {
        Exception failure = await FailureOfNetworksAsync(
            AnotherAssembly.Load((_, _, _) => NativeLibrary.GetMainProgramHandle()));
        Assert.Equal(unchecked((int)0x8007007F), failure.HResult);
        Assert.Equal(
            "HcnEnumerateNetworks", failure.GetType().GetProperty(nameof(HcsException.Function))!.GetValue(failure));
        Assert.IsType<EntryPointNotFoundException>(failure.InnerException);
    }

    [Fact]
    public void No_library_is_loaded_before_the_first_call()
    {
        bool asked = false;
        Assembly assembly = AnotherAssembly.Load((_, _, _) =>
        {
            asked = true;
            return IntPtr.Zero;
        });
        Create(assembly, LocalApi.Automatic);
        Assert.False(asked);
    }

    private static object Create(Assembly assembly, LocalApi api) => Activator.CreateInstance(
        assembly.GetType(typeof(LocalComputeService).FullName!)!,
        Enum.ToObject(assembly.GetType(typeof(LocalApi).FullName!)!, (int)api))!;

    private static async Task<Exception> FailureAsync(Assembly assembly, LocalApi api)
    {
        object service = Create(assembly, api);
        Type query = assembly.GetType(typeof(Interop.Documents.ComputeSystemQuery).FullName!)!;
        Type options = assembly.GetType(typeof(CallOptions).FullName!)!;
        var list = (Task)service.GetType().GetMethod(nameof(IComputeService.GetContainersAsync))!
            .Invoke(service, [Activator.CreateInstance(query), Activator.CreateInstance(options)])!;
        return (await Record.ExceptionAsync(() => list))!;
    }

    private static async Task<Exception> FailureOfNetworksAsync(Assembly assembly)
    {
        object networks = AnotherAssembly.Networks(assembly);
        var list = (Task)networks.GetType().GetMethod(nameof(INetworkService.FindAsync))!
            .MakeGenericMethod(assembly.GetType(typeof(Interop.Documents.HostComputeNetwork).FullName!)!)
            .Invoke(networks, [null, AnotherAssembly.NoOptions(assembly)])!;
        return (await Record.ExceptionAsync(() => list))!;
    }
}

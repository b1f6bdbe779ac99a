using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Native.Tests.Local;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Adapters;

/// <summary>Tests on a computenetwork that has no HcnQueryEndpointStats, in a second copy of the interop assembly.</summary>
public sealed class OlderNetworkTests
{
    private delegate int CreateNetwork(
        in Guid id, [MarshalAs(UnmanagedType.LPWStr)] string settings, out IntPtr network, out IntPtr errorRecord);

    private delegate int CreateEndpoint(
        IntPtr network, in Guid id, [MarshalAs(UnmanagedType.LPWStr)] string settings, out IntPtr endpoint, out IntPtr errorRecord);

    private delegate int Close(IntPtr handle);

    [Fact]
    public async Task Counters_come_from_the_older_interface_where_the_newer_has_none()
    {
        Assert.SkipUnless(MockLibrary.AreBuilt, "the mocks of the HCS libraries are not built: no C compiler (cc)");
        MockLibrary.Older.Reset();
        IntPtr library = NativeLibrary.Load(MockLibraries.PathOf("vmcompute-older"));
        var id = Guid.NewGuid();
        MakeEndpoint(library, id);
        Assembly assembly = AnotherAssembly.Load((name, _, _) =>
            name is "vmcompute.dll" or "computenetwork.dll" or "ole32.dll" ? library : IntPtr.Zero);
        object networks = AnotherAssembly.Networks(assembly);
        var asked = (Task)networks.GetType()
            .GetMethod(nameof(INetworkService.GetStatisticsAsync), [typeof(Guid), AnotherAssembly.NoOptions(assembly).GetType()])!
            .Invoke(networks, [id, AnotherAssembly.NoOptions(assembly)])!;
        await asked.Within();
        object counters = asked.GetType().GetProperty("Result")!.GetValue(asked)!;
        Assert.Equal(2048ul, counters.GetType().GetProperty(nameof(NetworkStats.BytesSent))!.GetValue(counters));
        Assert.Equal("/endpointstats/" + id, MockLibrary.Older.LastDocument("HNSCall"));
        Assert.Equal(1, MockLibrary.Older.Calls("HcnOpenEndpoint"));
        Assert.All(Enum.GetValues<MockKind>(), kind => Assert.Equal(0, MockLibrary.Older.Alive(kind)));
        Assert.Null(MockLibrary.Older.Violation());
        MockLibrary.Older.Reset();
    }

    private static void MakeEndpoint(IntPtr library, Guid id)
    {
        Assert.Equal(0, Get<CreateNetwork>(library, "HcnCreateNetwork")(Guid.NewGuid(), "{}", out IntPtr network, out _));
        Assert.Equal(0, Get<CreateEndpoint>(library, "HcnCreateEndpoint")(network, id, "{}", out IntPtr endpoint, out _));
        Assert.Equal(0, Get<Close>(library, "HcnCloseEndpoint")(endpoint));
        Assert.Equal(0, Get<Close>(library, "HcnCloseNetwork")(network));
    }

    private static T Get<T>(IntPtr library, string function)
        where T : Delegate =>
        Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, function));
}

using System;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Local;
using HcsPowerShell.Native.Tests.Mocks;
using Xunit;

namespace HcsPowerShell.Native.Tests.Local;

/// <summary>Tests that the local host tells its version, before the first call to a library and after it.</summary>
public sealed class WindowsVersionTests : IDisposable
{
    private readonly MockSession _session = new();

    // The mock says it elsewhere.
    private static Version Expected => OperatingSystem.IsWindows()
        ? new Version(Environment.OSVersion.Version.Major, Environment.OSVersion.Version.Minor, Environment.OSVersion.Version.Build)
        : new Version(10, 0, 20348);

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task It_is_declared_and_among_the_properties()
    {
        LocalComputeService service = new();
        HostProperties properties = await service.GetPropertiesAsync(TestContext.Current.CancellationToken);
        Assert.Equal((Expected, Expected), (service.Declared.OSVersion, properties.OSVersion));
        Assert.Equal(("windows", "windows"), (service.Declared.ImageOS, properties.ImageOS));
    }
}

using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Tests that every member of the queries and requests is sent.</summary>
public sealed class RequestMembersTests(Session session) : IClassFixture<Session>
{
    [Theory]
    [InlineData("Get-HcsContainer", "{}")]
    [InlineData("Get-HcsContainer -Id a*", """{"Ids":["a*"]}""", "{}")]
    [InlineData("Get-HcsContainer -Name a, b", """{"Names":["a","b"]}""")]
    [InlineData("Get-HcsContainer -Owner WSL", """{"Owners":["WSL"]}""")]
    [InlineData("Get-HcsContainer -Type VirtualMachine", """{"Types":["VirtualMachine"]}""")]
    [InlineData("Get-HcsStatistics -Id given", """{"PropertyTypes":["Statistics"]}""")]
    [InlineData("Get-HcsProcess -Id given", """{"PropertyTypes":["ProcessList"]}""")]
    [InlineData("Get-HcsMappedVirtualDisk -Id given", """{"PropertyTypes":["MappedVirtualDisk"]}""")]
    [InlineData("Test-HcsPendingUpdate -Id given", """{"PropertyTypes":["PendingUpdates"]}""")]
    [InlineData(
        "Set-HcsContainer -Id given -ResourceType Network -RequestType Add -Settings e1",
        """{"ResourceType":"Network","Settings":"e1","RequestType":"Add"}""")]
    [InlineData(
        "Set-HcsContainer -Id given -Request @{ ResourcePath = 'Container/Memory/SizeInMB'; RequestType = 'Update'; Settings = 64 }",
        """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":64}""")]
    public void A_command_sends(string command, params string[] documents)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        system.Properties = """{"Statistics":{}}""";
        session.Get($"{command} -HcsHost $h", ("h", host));
        Assert.Equal(documents, system.Sent);
    }

    [Fact]
    public void A_console_gets_its_size()
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        session.Get(
            "Resize-HcsConsole -ContainerId given -ProcessId 42 -Width 120 -Height 40 -HcsHost $h", ("h", host));
        Assert.Equal(["120 wide, 40 high"], system.Sent);
    }
}

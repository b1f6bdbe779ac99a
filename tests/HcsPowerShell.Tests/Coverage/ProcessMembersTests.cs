using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Coverage;

/// <summary>Tests that every member of ProcessConfig can be set, and is sent.</summary>
public sealed class ProcessMembersTests(Session session) : IClassFixture<Session>
{
    [Theory]
    [InlineData("-ApplicationName /bin/a", """{"ApplicationName":"/bin/a","ConsoleSize":[0,0]}""")]
    [InlineData("-CommandLine 'a \"b c\"'", """{"CommandLine":"a \"b c\"","ConsoleSize":[0,0]}""")]
    [InlineData("-CommandArg a, 'b c'", """{"CommandArgs":["a","b c"],"ConsoleSize":[0,0]}""")]
    [InlineData("a -User u", """{"CommandLine":"a","User":"u","ConsoleSize":[0,0]}""")]
    [InlineData("a -WorkingDirectory /w", """{"CommandLine":"a","WorkingDirectory":"/w","ConsoleSize":[0,0]}""")]
    [InlineData("a -Environment @{ B = 2; A = 'x' }", """{"CommandLine":"a","Environment":{"A":"x","B":"2"},"ConsoleSize":[0,0]}""")]
    [InlineData("a -EmulateConsole", """{"CommandLine":"a","EmulateConsole":true,"CreateStdInPipe":true,"ConsoleSize":[0,0]}""")]
    [InlineData("a -CreateStdInPipe", """{"CommandLine":"a","CreateStdInPipe":true,"ConsoleSize":[0,0]}""")]
    [InlineData("a -CreateStdOutPipe", """{"CommandLine":"a","CreateStdOutPipe":true,"ConsoleSize":[0,0]}""")]
    [InlineData("a -CreateStdErrPipe", """{"CommandLine":"a","CreateStdErrPipe":true,"ConsoleSize":[0,0]}""")]
    [InlineData(
        "a -EmulateConsole -ConsoleSize 25, 80",
        """{"CommandLine":"a","EmulateConsole":true,"CreateStdInPipe":true,"ConsoleSize":[25,80]}""")]
    [InlineData("a -CreateInUtilityVm", """{"CommandLine":"a","ConsoleSize":[0,0],"CreateInUtilityVm":true}""")]
    [InlineData(
        "-CommandArg a -OCISpecification @{ process = @{ cwd = '/' } }",
        """{"CommandArgs":["a"],"ConsoleSize":[0,0],"OCISpecification":{"process":{"cwd":"/"}}}""")]
    public void A_parameter_is_its_member(string parameters, string document)
    {
        (object host, GivenSystem system) = ServiceProxy.HostOf<GivenSystem>(session);
        dynamic process = session.Single(
            Session.WithoutDefaults($"Start-HcsProcess -Id given {parameters} -HcsHost $h"), ("h", host));
        Assert.Equal(42u, (uint)process.ProcessId);
        Assert.Equal([document], system.Sent);
    }
}

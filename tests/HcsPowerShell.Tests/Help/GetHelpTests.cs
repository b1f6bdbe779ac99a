using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>Get-Help shows what is on the pages.</summary>
public sealed class GetHelpTests : IDisposable
{
    private readonly Session _session = Session.WithoutHost();

    public static TheoryData<string> Commands => [.. MarkdownHelp.Commands];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_shows_the_page(string command)
    {
        HelpPage page = MarkdownHelp.Read(command);
        dynamic help = _session.Get("Get-Help $command -Full", ("command", command)).Single();
        Assert.StartsWith("MamlCommandHelpInfo", ((PSObject)help).TypeNames[0], StringComparison.Ordinal);
        Assert.Equal(page.Synopsis, ((string)help.Synopsis).Trim());
        Assert.Equal(
            page.Examples.Select(e => e.Code),
            _session.Get("@((Get-Help $command).examples.example).code").Select(code => (string)code.BaseObject));
        Assert.Equal(
            page.Parameters.Where(p => p.Name != "CommonParameters").Select(p => p.Name).Order(),
            _session.Get("@((Get-Help $command).parameters.parameter).name").Select(name => (string)name.BaseObject).Order());
    }

    [Fact]
    public void An_alias_leads_to_the_page()
    {
        dynamic help = _session.Single("(Get-Help Get-HcsStatistic).Name");
        Assert.Equal("Get-HcsStatistics", (string)help);
    }

    [Fact]
    public void Topics_are_found() =>
        Assert.Contains("about_HcsPowerShell", (string)_session.Single("Get-Help about_HcsPowerShell").ToString(), StringComparison.Ordinal);
}

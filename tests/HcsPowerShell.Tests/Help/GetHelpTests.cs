using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>Tests that Get-Help shows the content of the pages.</summary>
public sealed class GetHelpTests(Session session) : IClassFixture<Session>
{
    public static TheoryData<string> Commands => [.. MarkdownHelp.Commands];

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_shows_the_page(string command)
    {
        HelpPage page = MarkdownHelp.Read(command);
        PSObject help = session.Get("Get-Help $command -Full", ("command", command)).Single();
        Assert.StartsWith("MamlCommandHelpInfo", help.TypeNames[0], StringComparison.Ordinal);
        Assert.Equal(page.Synopsis, help.Properties["Synopsis"].Value.ToString()!.Trim());
        Assert.Equal(page.Examples.Select(e => e.Code), Texts("@($help.examples.example).code", help));
        Assert.Equal(
            page.Parameters.Select(p => p.Name).Order(),
            Texts("@($help.parameters.parameter).name", help).Order());
    }

    [Fact]
    public void An_alias_leads_to_the_page() =>
        Assert.Equal("Get-HcsStatistics", (string)session.Single("(Get-Help Get-HcsStatistic).Name"));

    [Fact]
    public void Topics_are_found() =>
        Assert.Contains("hcsshim", (string)session.Single("Get-Help about_HcsPowerShell"), StringComparison.Ordinal);

    private IEnumerable<string> Texts(string script, PSObject help) =>
        session.Get(script, ("help", help)).Select(text => (string)text.BaseObject);
}

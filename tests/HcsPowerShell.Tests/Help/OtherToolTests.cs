using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Help;

/// <summary>Tests the table of about_HcsPowerShell that names a command here for each of other tools.</summary>
public sealed partial class OtherToolTests(Session session) : IClassFixture<Session>
{
    // The commands of hcsdiag and hnsdiag, and of the two modules that come with Windows.
    private static readonly string[] s_others =
    [
        .. new[] { "list", "exec", "exec -uvm", "console", "kill", "crash", "share", "vhd", "read", "write", "hostproperties" }
            .Select(command => "hcsdiag " + command),
        "hnsdiag list", "hnsdiag delete", "Get-ComputeProcess", "Stop-ComputeProcess",
        .. new[] { "Network", "Endpoint", "Namespace", "PolicyList" }.SelectMany(noun => new[] { "Get-Hns" + noun, "Remove-Hns" + noun }),
        "Get-HnsEndpointAddresses", "Get-HnsEndpointStats",
    ];

    [Fact]
    public void Every_command_of_another_tool_has_a_row() =>
        Assert.Equal(s_others.Order(StringComparer.Ordinal), Rows().Select(row => row.Other).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_counterpart_exists_with_its_parameters() => Assert.All(
        Rows().Where(row => !row.Ours.StartsWith("none: ", StringComparison.Ordinal)),
        row => Assert.True(Exists(row.Ours), row.Ours));

    [Theory]
    [InlineData("Get-HcsContainr")]
    [InlineData("Get-HcsContainer -Colour")]
    [InlineData("nothing at all")]
    public void A_counterpart_that_does_not_exist_is_found(string ours) => Assert.False(Exists(ours));

    // Parameters belong to the command before them.
    private bool Exists(string ours)
    {
        CommandInfo? command = null;
        foreach (string word in Words().Matches(ours).Select(match => match.Value))
        {
            if (word.StartsWith('-'))
            {
                if (command?.Parameters.ContainsKey(word[1..]) != true)
                {
                    return false;
                }

                continue;
            }

            ScriptResult found = session.Run("Get-Command $n -Module HcsPowerShell", ("n", word));
            if (found.Errors.Count > 0)
            {
                return false;
            }

            command = (CommandInfo)found.Output.Single().BaseObject;
        }

        return command is not null;
    }

    private static IEnumerable<(string Other, string Ours)> Rows() =>
        File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "docs", "en-US", "about_HcsPowerShell.help.txt"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => (row.Groups[1].Value.TrimEnd(), row.Groups[2].Value));

    [GeneratedRegex("^ {8}(?=(?:hcsdiag|hnsdiag) |(?:Get|Stop|Remove)-(?:Hns|ComputeProcess))(.{26}) (\\S.*)$")]
    private static partial Regex Row();

    [GeneratedRegex("[A-Z][a-z]+-Hcs[A-Za-z]+|(?<= )-[A-Za-z]+")]
    private static partial Regex Words();
}

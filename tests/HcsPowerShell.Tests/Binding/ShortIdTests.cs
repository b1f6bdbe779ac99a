using System;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Binding;

/// <summary>Tests that the beginning of an id, as a table shows it, names the container.</summary>
public sealed class ShortIdTests(Session session) : SessionTests(session)
{
    public static TheoryData<string, string> Commands => new()
    {
        { "Get-HcsContainer $s", "Id" },
        { "Stop-HcsContainer $s -PassThru", "Id" },
        { "$s | Suspend-HcsContainer -PassThru", "Id" },
        { "Get-HcsStatistics $s", "ContainerId" },
        { "Start-HcsProcess $s 'sleep 100'", "ContainerId" },
        { "Stop-HcsProcess $s $p.ProcessId -PassThru", "ContainerId" },
        { "Get-HcsProcess $s", "ContainerId" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Twelve_digits_are_enough(string command, string property)
    {
        string id = Guid.NewGuid().ToString();
        Session.Get("$p = New-HcsContainer $id -Start | Start-HcsProcess -CommandLine 'sleep 100'", ("id", id));
        foreach (string start in new[] { id[..13], id[..35], id[..14].ToUpperInvariant() })
        {
            object found = Session.Single($"({command}).{property} | Select-Object -First 1", ("s", start));
            Assert.Equal(id, found);
            if (command.StartsWith("Stop", StringComparison.Ordinal) || command.Contains("Suspend", StringComparison.Ordinal))
            {
                break;
            }
        }
    }

    [Theory]
    [InlineData("12345678-1234-1234-1234-123456789abc", "12345678-123")]
    [InlineData("web-frontend-1", "web-frontend")]
    [InlineData("deadbeefcafe-web", "deadbeefcafe")]
    [InlineData("12345678-1234-1234-1234-123456789abc", "2345678-12341")]
    public void No_other_text_is_the_beginning_of_an_id(string id, string text)
    {
        Session.Get("$null = New-HcsContainer $id", ("id", id));
        Session.Run("Get-HcsContainer $s", ("s", text)).RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Session.Run("Stop-HcsContainer $s -Force", ("s", text)).RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Session.Get("Stop-HcsContainer $id -Force");
    }

    [Fact]
    public void A_container_with_that_very_id_comes_first()
    {
        Session.Get("$null = New-HcsContainer abcdefabcdef; $null = New-HcsContainer abcdefabcdef01");
        Assert.Equal("abcdefabcdef", Session.Single("(Get-HcsContainer abcdefabcdef).Id"));
        Session.Get("Stop-HcsContainer abcdefabcdef");
        Assert.Null(Session.StateOf("abcdefabcdef"));
        Assert.Equal("Created", Session.StateOf("abcdefabcdef01"));
        Session.Get("Stop-HcsContainer abcdefabcdef01 -Force");
    }

    [Fact]
    public void What_has_ended_is_never_replaced_by_another()
    {
        Session.Get("Stop-HcsContainer (New-HcsContainer abcdefabcde0 -Start); $null = New-HcsContainer abcdefabcde01 -Start");
        Session.Run("Suspend-HcsContainer abcdefabcde0").RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);

        // The beginning of both may have been meant for the one that has ended.
        Session.Get("Stop-HcsContainer (New-HcsContainer abcdefabcde02 -Start)");
        Session.Run("Suspend-HcsContainer abcdefabcde0").RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Session.Run("Suspend-HcsContainer ABCDEFABCDE0").RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("Running", Session.StateOf("abcdefabcde01"));
    }

    [Theory]
    [InlineData("Get-HcsContainer 0123456789ab")]
    [InlineData("Stop-HcsContainer 0123456789ab -Force")]
    [InlineData("Get-HcsProcess 0123456789AB")]
    [InlineData("Stop-HcsProcess 0123456789ab 1")]
    public void The_beginning_of_several_ids_is_an_error_that_lists_them(string command)
    {
        Session.Get("'0123456789abc', '0123456789abd' | ForEach-Object { $null = New-HcsContainer $_ -Start }");
        ErrorRecord error = Session.Run(command).RequireError("HcsAmbiguousId", ErrorCategory.InvalidArgument);
        Assert.Contains("'0123456789abc'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("'0123456789abd'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Running", Session.StateOf("0123456789abc"));
        Session.Get("'0123456789abc', '0123456789abd' | Stop-HcsContainer -Force");
    }

    [Fact]
    public void The_whole_id_stands_in_messages_and_a_new_container_has_the_id_that_was_given()
    {
        string id = Guid.NewGuid().ToString();
        Session.Get("$null = New-HcsContainer $id -Start", ("id", id));
        Assert.Contains(
            $"'{id[..13]}' is the beginning of the id '{id}'.",
            string.Join("\n", Session.Get("Get-HcsContainer $s -Verbose 4>&1", ("s", id[..13])).Select(o => o.ToString())),
            StringComparison.Ordinal);
        Assert.Equal(id[..13], Session.Single("(New-HcsContainer $s).Id"));
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests commands that ask for confirmation in the real PowerShell, above all if the session cannot ask the user.
/// </summary>
public sealed class ConfirmationTests(ConfirmationTests.Unattended unattended) : IClassFixture<ConfirmationTests.Unattended>
{
    private const string Refused = "HcsConfirmationRequired HcsConfirmationRequired, left a b";

    // Writes the effect of a command on two containers of another owner.
    private const string Ask = """
        param($command)
        Import-Module HcsPowerShell
        Connect-HcsHost "ask$([guid]::NewGuid())" -Embedded -Isolation Process -Confirm:$false
        'a', 'b' | ForEach-Object { $null = New-HcsContainer $_ -Owner docker -Start -Confirm:$false }
        . ([scriptblock]::Create($command)) 2>&1 |
            ForEach-Object { $errors += , $_.FullyQualifiedErrorId.Split(',')[0] }
        "$errors, left $((Get-HcsContainer).Id | Sort-Object)"
        Disconnect-HcsHost -Confirm:$false
        """;

    /// <summary>Commands that ask.</summary>
    public static TheoryData<string> Asking => new(
        "'a', 'b' | Stop-HcsContainer -Force",
        "'a', 'b' | Stop-HcsContainer -Confirm",
        "'a', 'b' | Suspend-HcsContainer -Confirm",
        "'a', 'b' | Start-HcsProcess -CommandLine 'sleep 100' -Confirm",
        "$ConfirmPreference = 'Low'; 'a', 'b' | Close-HcsContainer",
        "$ConfirmPreference = 'Medium'; 'a', 'b' | Stop-HcsContainer",
        "1, 2 | ForEach-Object { $null | Export-HcsReport /nowhere.html -Confirm }");

    /// <summary>Commands that need not ask, and what is left after each.</summary>
    public static TheoryData<string, string> NotAsking => new()
    {
        { "'a', 'b' | Stop-HcsContainer -Force -Confirm:$false", ", left " },
        { "'a', 'b' | Stop-HcsContainer -Confirm -WhatIf", ", left a b" },
        { "$ConfirmPreference = 'Low'; $WhatIfPreference = $true; 'a', 'b' | Stop-HcsContainer", ", left a b" },
        { "'a', 'b' | Stop-HcsContainer", ", left " },
    };

    [Theory]
    [MemberData(nameof(Asking))]
    public void Where_nobody_can_answer_it_is_one_error_for_each(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        Assert.Equal(
            [$"job: {Refused}", $"thread job: {Refused}", $"no host: {Refused}", $"end of input: {Refused}"],
            unattended.Told(command));
    }

    [Fact]
    public void Where_PowerShell_was_told_that_nobody_can_be_asked_it_is_the_same()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        var start = new PwshStart("-Command", $$"""
            $ask = {{{Ask}}}
            & $ask "'a', 'b' | Stop-HcsContainer -Force"
            & $ask "'a', 'b' | Stop-HcsContainer -Confirm"
            """);
        Assert.Equal([Refused, Refused], Told(Pwsh.Run(start)));
    }

    [Theory]
    [InlineData("\n\n", ", left a b")]
    [InlineData("n\ny\n", ", left a")]
    [InlineData("l\n", ", left a b")]
    [InlineData("a\n", ", left ")]
    [InlineData("y\n", "HcsConfirmationRequired, left b")]
    [InlineData("what\n", Refused)]
    public void Another_products_container_is_ended_only_after_Yes(string input, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        string script = $"$ask = {{{Ask}}}; \"told: $(& $ask \"'a', 'b' | Stop-HcsContainer -Force\")\"";
        var start = new PwshStart("-Command", script) { Input = input };
        Assert.Equal(["told: " + told], Told(Pwsh.Run(start)));
    }

    [Theory]
    [MemberData(nameof(NotAsking))]
    public void A_job_does_what_need_not_be_asked(string command, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        Assert.Equal(
            [$"job: {told}", $"thread job: {told}", $"no host: {told}", $"end of input: {told}"], unattended.Told(command));
    }

    [Theory]
    [InlineData("Start-HcsProcess", "Start")]
    [InlineData("Invoke-HcsProcess", "Run")]
    public void The_question_for_a_process_names_its_program_and_no_argument(string command, string action)
    {
        PwshResult result = Pwsh.Run(new PwshStart("-Command", $"""
            Connect-HcsHost -Embedded -Isolation Process -WarningAction SilentlyContinue | Out-Null
            {command} (New-HcsContainer -Start -WarningAction SilentlyContinue) 'app --token hidden' -WhatIf
            """));
        string told = Assert.Single(result.Output, line => line.StartsWith("What if", StringComparison.Ordinal));
        Assert.Contains($"{action} process 'app'", told, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", string.Join('\n', result.Output), StringComparison.Ordinal);
    }

    // An unanswered question is on the same line.
    private static IEnumerable<string> Told(PwshResult result) => result.Output
        .Where(line => line.Contains(", left", StringComparison.Ordinal))
        .Select(line => line.Split("\"):")[^1]);

    /// <summary>
    /// All the commands, run in one PowerShell whose input has ended: in a job, a thread job, an engine without a host,
    /// and in the session itself.
    /// </summary>
    public sealed class Unattended
    {
        private const string RunAll = """
            $ask = {{Ask}}
            $commands = {{Commands}}
            $job = Start-Job { foreach ($c in $using:commands) { & ([scriptblock]::Create($using:ask)) $c } }
            $threadJob = Start-ThreadJob { foreach ($c in $using:commands) { & ([scriptblock]::Create($using:ask)) $c } }
            $job | Receive-Job -Wait -AutoRemoveJob | ForEach-Object { "job: $_" }
            $threadJob | Receive-Job -Wait -AutoRemoveJob | ForEach-Object { "thread job: $_" }
            $commands | ForEach-Object { "no host: $([powershell]::Create().AddScript($ask).AddArgument($_).Invoke())" }
            $commands | ForEach-Object { "end of input: $(& $ask $_)" }
            """;

        private static readonly string[] s_commands = [.. Asking.Select(row => row.Data), .. NotAsking.Select(row => row.Data.Item1)];

        private readonly Lazy<ILookup<string, string>> _told = new(RunOnce);

        /// <summary>Returns the lines that a command made, one of each way to run it.</summary>
        public IEnumerable<string> Told(string command) =>
            _told.Value.Select(way => $"{way.Key}: {way.ElementAt(Array.IndexOf(s_commands, command))}");

        private static ILookup<string, string> RunOnce()
        {
            string commands = string.Join(", ", s_commands.Select(c => $"'{c.Replace("'", "''", StringComparison.Ordinal)}'"));
            string script = RunAll.Replace("{{Ask}}", $"{{{Ask}}}", StringComparison.Ordinal)
                .Replace("{{Commands}}", commands, StringComparison.Ordinal);
            ILookup<string, string> told = ConfirmationTests.Told(Pwsh.Run(new PwshStart("-Command", script) { Input = string.Empty }))
                .Select(line => line.Split(": ", 2))
                .ToLookup(parts => parts[0], parts => parts[1]);
            Assert.All(told, way => Assert.Equal(s_commands.Length, way.Count()));
            return told;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests commands that ask for confirmation in the real PowerShell, above all if the session cannot ask the user.
/// </summary>
public sealed class ConfirmationTests
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

    private const string Unattended = """
        $ask = {{Ask}}
        $command = '{{Command}}'
        "job: $(Start-Job $ask -ArgumentList $command | Receive-Job -Wait -AutoRemoveJob)"
        "thread job: $(Start-ThreadJob $ask -ArgumentList $command | Receive-Job -Wait -AutoRemoveJob)"
        "no host: $([powershell]::Create().AddScript($ask).AddArgument($command).Invoke())"
        "end of input: $(& $ask $command)"
        """;

    public static TheoryData<string> Commands => new(
        "'a', 'b' | Stop-HcsContainer -Force",
        "'a', 'b' | Stop-HcsContainer -Confirm",
        "'a', 'b' | Suspend-HcsContainer -Confirm",
        "'a', 'b' | Start-HcsProcess -CommandLine 'sleep 100' -Confirm",
        "$ConfirmPreference = 'Low'; 'a', 'b' | Close-HcsContainer",
        "$ConfirmPreference = 'Medium'; 'a', 'b' | Stop-HcsContainer",
        "1, 2 | ForEach-Object { $null | Export-HcsReport /nowhere.html -Confirm }");

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_nobody_can_answer_it_is_one_error_for_each(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        PwshResult result = Pwsh.Run(Start(command, string.Empty));
        Assert.Equal(
            [$"job: {Refused}", $"thread job: {Refused}", $"no host: {Refused}", $"end of input: {Refused}"],
            Told(result));
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
    [InlineData("'a', 'b' | Stop-HcsContainer -Force -Confirm:$false", ", left ")]
    [InlineData("'a', 'b' | Stop-HcsContainer -Confirm -WhatIf", ", left a b")]
    [InlineData("$ConfirmPreference = 'Low'; $WhatIfPreference = $true; 'a', 'b' | Stop-HcsContainer", ", left a b")]
    [InlineData("'a', 'b' | Stop-HcsContainer", ", left ")]
    public void A_job_does_what_need_not_be_asked(string command, string told)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        PwshResult result = Pwsh.Run(Start(command, null));
        Assert.Equal(4, Told(result).Count());
        Assert.All(Told(result), line => Assert.EndsWith(": " + told, line, StringComparison.Ordinal));
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

    private static PwshStart Start(string command, string? input) => new(
        "-Command",
        Unattended.Replace("{{Ask}}", $"{{{Ask}}}", StringComparison.Ordinal)
            .Replace("{{Command}}", command.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal))
    {
        Input = input,
    };

    // An unanswered question is on the same line.
    private static IEnumerable<string> Told(PwshResult result) => result.Output
        .Where(line => line.Contains(", left", StringComparison.Ordinal))
        .Select(line => line.Split("\"):")[^1]);
}

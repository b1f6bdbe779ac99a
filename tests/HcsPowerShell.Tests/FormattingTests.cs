using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests the tables that a user sees, as plain text, with one PowerShell for all tests.</summary>
public sealed partial class FormattingTests(FormattingTests.Screen screen) : IClassFixture<FormattingTests.Screen>
{
    [Fact]
    public void Hosts() => Assert.Equal(
        """
        Name             Kind      Isolation  Schema     Api
        ----             ----      ---------  ------     ---
        embedded         Embedded  ISOLATION  1.0, 2.6   embedded VERSION
        """,
        screen.Table("hosts"));

    [Fact]
    public void Containers() => Assert.Equal(
        """
        Id               Type           State      Owner            OS       Name
        --               ----           -----      -----            --       ----
        web              Container      Running    me               Linux    web
        a-very-long-con… Container      Created    HcsPowerShell    Linux    a-very-long-container-id
        """,
        screen.Table("containers"));

    [Fact]
    public void Processes_just_started() => Assert.Equal(
        """
        Container         ProcessId       CPU(s)  Commit(MB)   ExitCode Command
        ---------         ---------       ------  ----------   -------- -------
        web                     PID                                   3 sh -c "exit 3"
        """,
        screen.Table("started"));

    [Fact]
    public void Processes_listed() => Assert.Equal(
        """
        Container         ProcessId       CPU(s)  Commit(MB)   ExitCode Command
        ---------         ---------       ------  ----------   -------- -------
        web                     PID         N.NN         N.N            sleep
        """,
        screen.Table("processes"));

    [Fact]
    public void Process_results() => Assert.Equal(
        """
         ProcessId   ExitCode Duration(s) Command
         ---------   -------- ----------- -------
               PID          4       N.NNN sh -c "exit 4"
        """,
        screen.Table("results"));

    [Fact]
    public void Statistics() => Assert.Equal(
        """
        Container              CPU(s)   CPU(%)  Commit(MB)    Read(MB)   Write(MB)
        ---------              ------   ------  ----------    --------   ---------
        web                      N.NN                  N.N         N.N         N.N
        """,
        screen.Table("statistics"));

    [Fact]
    public void Exit_status() => Assert.Equal(
        """
        Container        ExitType             Status ExitTime
        ---------        --------             ------ --------
        web              ForcedExit       0x00000000 DATE
        """,
        screen.Table("exit"));

    [Fact]
    public void Deserialized_containers_look_the_same() =>
        Assert.Equal(screen.Table("containers"), screen.Table("deserialized"));

    /// <summary>Runs PowerShell once, and replaces numbers that differ between runs by their shape.</summary>
    public sealed partial class Screen
    {
        private const string Script = """
            Connect-HcsHost -Embedded -Name embedded -Isolation Process
            '== hosts'; Get-HcsHost | Out-String -Width 120
            $web = New-HcsContainer web -Owner me -Start; $long = New-HcsContainer a-very-long-container-id
            '== containers'; $web, $long | Out-String -Width 120
            '== deserialized'; $web, $long | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) } | Out-String -Width 120
            $started = Start-HcsProcess $web 'sh -c "exit 3"'; $null = Wait-HcsProcess $started
            '== started'; $started | Out-String -Width 120
            $null = Start-HcsProcess $web 'sleep 100'
            '== processes'; Get-HcsProcess $web | Out-String -Width 120
            '== results'; Start-HcsProcess $web 'sh -c "exit 4"' | Wait-HcsProcess | Out-String -Width 120
            '== statistics'; Get-HcsStatistics $web | Out-String -Width 120
            Stop-HcsContainer $web -Force -Confirm:$false
            '== exit'; Wait-HcsContainer $web | Out-String -Width 120
            '== end'
            """;

        private readonly IReadOnlyList<string> _lines;

        public Screen()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
            (_lines, string error) = Pwsh.Run(Script);
            Assert.Equal(string.Empty, error);
        }

        public string Table(string name) => string.Join('\n', _lines
            .SkipWhile(line => line != "== " + name)
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("== ", StringComparison.Ordinal))
            .Where(line => line.Trim().Length > 0)
            .Select(line => Shape(line.TrimEnd())));

        private static string Shape(string line)
        {
            line = Version().Replace(line, "embedded VERSION");
            line = Isolation().Replace(line, "$1ISOLATION  ");
            line = Date().Replace(line, "DATE");
            line = ProcessId().Replace(line, m => m.Groups[1].Value + "PID".PadLeft(m.Groups[2].Length));
            line = Uptime().Replace(line, "0:00:NN");
            return line.Contains("ISOLATION", StringComparison.Ordinal)
                ? line
                : Number().Replace(line, m => ("N." + new string('N', m.Groups[1].Length)).PadLeft(m.Length));
        }

        [GeneratedRegex(@"embedded \d+\.\d+\.\d+")]
        private static partial Regex Version();

        [GeneratedRegex(@"(Embedded  )(Process|Oci)\s+")]
        private static partial Regex Isolation();

        [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")]
        private static partial Regex Date();

        // The script's commands exit with one-digit codes, so a longer whole number is a process id.
        [GeneratedRegex(@"(^|  )( *\d{2,})(?= )")]
        private static partial Regex ProcessId();

        [GeneratedRegex(@"0:00:\d\d")]
        private static partial Regex Uptime();

        [GeneratedRegex(@"(?<= )\d+\.(\d+)(?= |$)")]
        private static partial Regex Number();
    }
}

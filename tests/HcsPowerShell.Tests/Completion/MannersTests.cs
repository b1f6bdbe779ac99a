using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Completion;

/// <summary>
/// Tests that a completer never throws, waits only a moment, and leaves nothing behind: no error, no host, no question.
/// </summary>
public sealed class MannersTests(Session session) : CompletingTests(session)
{
    public static TheoryData<string, string, string> Faults
    {
        get
        {
            var all = new TheoryData<string, string, string>();
            foreach (string fault in new[] { "DelaySec = 60", "HResult = 'HCS_E_ACCESS_DENIED'", "ServiceDisconnect = $true" })
            {
                all.Add("Enumerate", fault, "Stop-HcsContainer {0}");
                all.Add("Enumerate", fault, "Get-HcsContainer -Owner ");
                all.Add("Enumerate", fault, "Get-HcsContainer -Name ");
                all.Add("ProcessList", fault, "Stop-HcsProcess {0} -ProcessId ");
                all.Add("Open", fault, "Stop-HcsProcess {0} -ProcessId ");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_host_that_is_slow_or_fails_is_not_waited_for_and_leaves_no_error(string operation, string fault, string line)
    {
        // The session would not open a container again that it has created, so the test closes the handle.
        dynamic container = Session.NewRunning();
        Session.Get("Close-HcsContainer $c; $Error.Clear()", ("c", (object)container));
        Plan($"Operation = '{operation}'; {fault}");
        var clock = Stopwatch.StartNew();
        Assert.Empty(Offered(string.Format(null, line, (string)container.Id)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "Tab took as long as the service.");
        Assert.Empty(Session.Get("$Error"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_question_nobody_answers_is_given_up(bool holdsUpTheCall)
    {
        (object host, UnansweringService service) = ServiceProxy.HostOf<UnansweringService>(Session);
        service.HoldsUpTheCall = holdsUpTheCall;
        Session.Runspace.SessionStateProxy.SetVariable("h", host);
        try
        {
            Assert.Empty(Offered("Stop-HcsContainer -HcsHost $h -Id "));
            Poll.Until(() => service.Stop.IsCancellationRequested, "the question to be given up");
        }
        finally
        {
            service.LetGo();
        }
    }

    /// <summary>Uses a new process, because all runspaces of a process share the default host.</summary>
    /// <remarks>
    /// On a command with dynamic parameters, the engine itself makes the host that -HcsHost names: it binds the typed
    /// text to ask for these parameters.
    /// </remarks>
    [Theory]
    [InlineData("")]
    [InlineData("local")]
    [InlineData("nonsense")]
    public void Completing_makes_no_host_and_says_nothing(string chosen)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The local service of Windows is there before its host object.");
        (IReadOnlyList<string> output, string error) = Pwsh.Run(
            """
            foreach ($line in 'Get-HcsContainer ', 'Stop-HcsContainer -Id ', 'Get-HcsContainer -Owner ',
                'Stop-HcsProcess web -ProcessId ', 'Stop-HcsProcess -HcsHost embedded ', 'Stop-HcsProcess -HcsHost local ',
                'Get-HcsContainer -HcsHost ') {
                $tab = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
                "offers: $($tab.CompletionMatches.Where{ $_.ResultType -notlike 'Provider*' })"
            }
            "hosts: $(@(Get-HcsHost -All).Count)"
            "errors: $($Error.Count)"
            """,
            ("HCS_HOST", chosen));
        Assert.Equal(string.Empty, error);
        Assert.Equal(
            [.. Enumerable.Repeat("offers: ", 7), "hosts: 0", "errors: 0"], output.Where(line => line.Length > 0));
    }

    [Fact]
    public void Completing_uses_what_another_runspace_chose_and_does_not_begin_with_it()
    {
        (IReadOnlyList<string> output, string error) = Pwsh.Run(
            """
            $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
            $runspace.Open()
            $other = [powershell]::Create($runspace)
            function Other([string] $script) { $other.Commands.Clear(); $null = $other.AddScript($script).Invoke() }
            Other "Import-Module '$((Get-Command Get-HcsHost).Module.Path)'"
            Other 'Connect-HcsHost -Embedded -Isolation Process first; New-HcsContainer web'
            $line = 'Get-HcsContainer '
            for ($try = 0; $try -lt 30 -and -not $offers; $try++) {
                $offers = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
            }
            $offers.CompletionText
            Other 'Connect-HcsHost -Embedded -Isolation Process second'
            (Get-HcsHost).Name
            """);
        Assert.Equal(string.Empty, error);
        Assert.Equal(["web", "second"], output.Where(line => line.Length > 0));
    }
}

using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that the terminal and the log get no secret, no control sequence, and no more than a screen of text.
/// </summary>
public sealed class ShownTextTests(Session session) : SessionTests(session)
{
    private const string Secret = "PLANTED";

    [Theory]
    [InlineData("Invoke-HcsProcess $c 'true PLANTED' -Environment @{ PW = 'PLANTED' } -AsJob")]
    [InlineData("Invoke-HcsProcess $c -CommandArg true, PLANTED -User PLANTED -ApplicationName /bin/PLANTED -AsJob")]
    [InlineData("Start-HcsProcess $c 'true PLANTED' -OCISpecification @{ a = 'PLANTED' } -AsJob")]
    [InlineData("New-HcsContainer -Credentials PLANTED -AdditionalJson '{\"x\":\"PLANTED\"}' -AsJob")]
    [InlineData("Set-HcsContainer $c -Request @{ ResourcePath = 'p'; Settings = 'PLANTED' } -AsJob # PLANTED")]
    public void The_command_of_a_job_holds_no_secret(string line)
    {
        var job = (Job)Session.Single(line, ("c", Session.NewRunning()));
        Session.Run("$null = Wait-Job $j; Remove-Job $j", ("j", job));
        Assert.DoesNotContain(Secret, job.Command, StringComparison.Ordinal);
        Assert.All(job.ChildJobs, child => Assert.DoesNotContain(Secret, child.Command, StringComparison.Ordinal));
    }

    [Fact]
    public void The_command_of_a_job_names_its_parameters_and_target()
    {
        dynamic container = Session.NewRunning();
        var job = (Job)Session.Single(
            "Invoke-HcsProcess -Id $id 'sh -c true' -TimeoutSec 9 -Environment @{ PW = 'x' } -AsJob", ("id", (string)container.Id));
        Session.Run("$null = Wait-Job $j; Remove-Job $j", ("j", job));
        Assert.Equal(
            $"Invoke-HcsProcess -Id {container.Id} -TimeoutSec 9 -Environment *** -AsJob -CommandLine ***", job.Command);
    }

    [Theory]
    [InlineData("New-HcsContainer x -WhatIf -Verbose -AdditionalJson '{\"Later\":{\"a\":[\"PLANTED\"]},\"Credentials\":\"PLANTED\"}'")]
    [InlineData("New-HcsContainer -Configuration '{\"SchemaVersion\":{\"Major\":2,\"Minor\":1},\"Container\":{\"Later\":\"PLANTED\"}}' -WhatIf -Verbose")]
    [InlineData("ConvertTo-HcsJson @{} -AdditionalJson '{\"MappedPipes\":[{\"HostPath\":\"a\",\"ContainerPipeName\":\"b\",\"Later\":\"PLANTED\"}]}'")]
    [InlineData("Set-HcsContainer x -ResourceType Network -RequestType Add -Settings 'PLANTED' -Verbose -WhatIf")]
    [InlineData("Set-HcsContainer x -Request @{ ResourcePath = 'p'; Settings = @{ UserName = 'PLANTED'; a = @('PLANTED') } } -Verbose -WhatIf")]
    public void A_document_that_is_shown_holds_no_secret(string line)
    {
        ScriptResult result = Session.Run(line);
        string shown = string.Concat(result.Verbose) + string.Concat(result.Output) + string.Concat(result.Errors);
        Assert.Contains("\"***\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-HcsProcess $c '/no/such PLANTED'")]
    [InlineData("Start-HcsProcess $c '\"/no/such\" PLANTED'")]
    [InlineData("Start-HcsProcess $c -CommandArg /no/such, PLANTED")]
    [InlineData("Invoke-HcsProcess $c '/no/such PLANTED'")]
    [InlineData("Invoke-HcsProcess $c -CommandArg /no/such, PLANTED -ApplicationName /no/such")]
    [InlineData("$PSNativeCommandUseErrorActionPreference = $true; Invoke-HcsProcess $c 'false PLANTED'")]
    [InlineData("Invoke-HcsProcess $c 'sh -c \"sleep 100\" PLANTED' -TimeoutSec 0")]
    public void An_error_names_the_program_and_no_argument(string line)
    {
        ScriptResult result = Session.Run(line, ("c", Session.NewRunning()));
        string told = string.Concat(result.Errors.Select(e => e + e.Exception.Message + e.ErrorDetails?.Message));
        Assert.Matches("'(/no/such|false|sh)'", told);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_is_in_the_debug_stream_alone()
    {
        ScriptResult result = Session.Run("Invoke-HcsProcess $c 'true PLANTED' -Verbose -Debug 5>&1", ("c", Session.NewRunning()));
        Assert.Contains(result.Output, o => $"{o}" == "Command line: true PLANTED");
        Assert.DoesNotContain(Secret, string.Concat(result.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_from_inside_a_container_gives_the_terminal_no_orders()
    {
        dynamic container = Session.NewRunning();
        string folder = Directory.CreateTempSubdirectory("names-").FullName;
        try
        {
            string program = Path.Combine(folder, "a\e]0;t\a");
            File.Copy("/bin/sleep", program);
            Session.StartProcess((object)container, program, "100");
            Poll.Until(
                () => Session.Get("(Get-HcsProcess $c).ImageName", ("c", (object)container)).Any(n => $"{n}" == @"a\u001b]0;t\u0007"),
                "the name to be shown");
            foreach (string view in new[] { "Format-Table", "Format-List", "Format-List *", "Format-Wide" })
            {
                string shown = string.Concat(Session.Get($"Get-HcsProcess $c | {view} | Out-String -Width 300", ("c", (object)container)));
                Assert.DoesNotContain("\e]", shown, StringComparison.Ordinal);
                Assert.DoesNotContain('\a', shown);
            }

            string refused = string.Concat(Session.Run(
                "Start-HcsProcess $c -CommandArg \"/no/`e[2Jsuch\"", ("c", (object)container)).Errors.Select(e => e.ErrorDetails.Message));
            Assert.Contains(@"/no/\u001b[2Jsuch", refused, StringComparison.Ordinal);
            Assert.DoesNotContain('\e', refused);
        }
        finally
        {
            Session.Get("Stop-HcsContainer $c -Force", ("c", (object)container));
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Start-HcsProcess $c -CommandArg ('/no/such' + 'x' * 100000)")]
    [InlineData("Start-HcsProcess $c -CommandArg ('/no/such' + \"`n\" * 1000)")]
    [InlineData("Set-HcsContainer $c -Request ('{\"ResourcePath\":\"p\",\"' + 'x' * 100000 + '\":1')")]
    [InlineData("Get-HcsContainer ('x' * 100000)")]
    public void No_message_is_longer_than_a_screen(string line)
    {
        ErrorRecord error = Assert.Single(Session.Run(line, ("c", Session.NewRunning())).Errors);
        Assert.InRange(error.ErrorDetails.Message.Length, 20, 1600);
        Assert.InRange(error.ErrorDetails.Message.Split('\n').Length, 1, 20);
    }

    [Theory]
    [InlineData("ConvertTo-HcsJson @{ Name = \"a$([char]0xd83d)\" }", "half of a character")]
    [InlineData("ConvertTo-HcsJson @{ \"a$([char]0xdc00)\" = 1 }", "half of a character")]
    [InlineData("New-HcsContainer x -Owner \"a$([char]0xd83d)\" -WhatIf", "half of a character")]
    [InlineData("Start-HcsProcess x -CommandArg \"a$([char]0xd83d)\"", "half of a character")]
    [InlineData("Test-HcsConfiguration '{ \"Name\": \"a\\ud83d\" }'", "half of a character")]
    [InlineData("ConvertFrom-HcsJson ('{\"Later\":' + '[' * 70 + ']' * 70 + '}')", "nested more than 64 levels deep")]
    [InlineData("Test-HcsConfiguration ('{\"Later\":' + '[' * 70 + ']' * 70 + '}')", "nested more than 64 levels deep")]
    [InlineData("('{\"Later\":' + '[' * 70), (']' * 70 + '}') | ConvertFrom-HcsJson", "nested more than 64 levels deep")]
    public void Text_that_cannot_be_sent_is_refused_and_called_what_it_is(string line, string reason)
    {
        Session.NewRunning();
        Session.Run("$null = New-HcsContainer x -Start");
        ErrorRecord error = Assert.Single(Session.Run(line).Errors);
        Session.Run("Stop-HcsContainer x -Force");
        Assert.StartsWith("HcsInvalidConfiguration", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-HcsProcess $c -CommandArg printf, 'a\\377' -Encoding $strict")]
    [InlineData("Start-HcsProcess $c -CommandArg printf, 'a\\377' -CreateStdOutPipe | Receive-HcsProcessOutput -Wait -Encoding $strict")]
    public void Output_that_is_no_text_is_no_defect(string line)
    {
        ErrorRecord error = Session.Run(
            "$strict = [Text.UTF8Encoding]::new($false, $true); " + line, ("c", Session.NewRunning()))
            .RequireError("HcsNotInEncoding", ErrorCategory.InvalidData);
        Assert.Contains("-AsByteStream", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_collects_no_more_than_its_limit()
    {
        ScriptResult result = Session.Run(
            "Invoke-HcsProcess $c 'dd if=/dev/zero bs=1M status=none' -PassThru -TimeoutSec 60", ("c", Session.NewRunning()));
        ErrorRecord error = result.RequireError("HcsLimitReached", ErrorCategory.LimitsExceeded);
        Assert.Contains("268435456 characters", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(256, ((dynamic)Assert.Single(result.Output).BaseObject).StandardOutput.Count);
        Assert.Equal(137, (int)((dynamic)result.Output[0].BaseObject).ExitCode);
    }

    [Fact]
    public void A_job_that_nobody_receives_collects_no_more_than_its_limit()
    {
        var job = (Job)Session.Single("Invoke-HcsProcess $c 'dd if=/dev/zero bs=1M status=none' -AsJob", ("c", Session.NewRunning()));
        Poll.Until(() => job.JobStateInfo.State == JobState.Failed, "the job to fail");
        ErrorRecord error = Assert.Single(job.ChildJobs[0].Error);
        Assert.StartsWith("HcsLimitReached", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.InRange(job.ChildJobs[0].Output.Count, 250, 258);
        Session.Get("Remove-Job $j -Force", ("j", job));
    }

    [Fact]
    public void Lines_that_would_stop_the_pipeline_are_not_kept_without_end()
    {
        ScriptResult result = Session.Run(
            """
            $p = Start-HcsProcess $c -CommandArg sh, -c, 'yes complaint >&2' -CreateStdErrPipe
            try { $p | Receive-HcsProcessOutput -Wait -ErrorAction Stop -WarningAction Stop } catch { "$_" }
            Stop-HcsProcess $p
            """,
            ("c", Session.NewRunning()));
        Assert.Contains("complaint", Assert.Single(result.RequireNoErrors().Output).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_line_comes_in_pieces_with_one_warning()
    {
        ScriptResult result = Session.Run(
            """
            (Invoke-HcsProcess $c 'dd if=/dev/zero bs=1M count=5 status=none').Length
            $p = Start-HcsProcess $c 'dd if=/dev/zero bs=1M count=5 status=none' -CreateStdOutPipe
            ($p | Receive-HcsProcessOutput -Wait).Length
            """,
            ("c", Session.NewRunning()));
        Assert.Equal(["5", "5"], result.RequireNoErrors().Output.Select(o => $"{o}"));
        Assert.Equal(2, result.Warnings.Count(w => $"{w}".Contains("more than 1048576 characters", StringComparison.Ordinal)));
    }
}

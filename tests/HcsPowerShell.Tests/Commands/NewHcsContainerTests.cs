using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class NewHcsContainerTests(Session session) : SessionTests(session)
{
    [Fact]
    public void A_new_container_is_created_and_not_started()
    {
        string id = Session.NewId();
        dynamic container = Session.Single("New-HcsContainer -Id $id -Name web", ("id", id));
        Assert.Equal(id, (string)container.Id);
        Assert.Equal(id, (string)Session.Single("$c.ContainerId", ("c", (object)container)));
        Assert.Equal("HcsPowerShell", (string)container.Owner);
        Assert.Equal("Created", (string)container.State);
        Assert.Equal("Container", (string)container.SystemType);
        Assert.Equal("Linux", (string)container.RuntimeOsType);
        Assert.Null((object?)container.ExitStatus);
        Assert.Equal(Session.HostName, (string)Session.Single("$c.HcsHost.Name", ("c", (object)container)));
        Assert.Equal("Created", Session.StateOf(id));
    }

    [Fact]
    public void The_id_is_the_name_when_none_is_given()
    {
        string id = Session.NewId();
        Assert.Equal(id, (string)Session.Single("New-HcsContainer -Name $id", ("id", id)).Id);
    }

    [Fact]
    public void The_id_is_a_new_GUID_when_no_name_is_given_either()
    {
        dynamic container = Session.Single("New-HcsContainer");
        Assert.True(Guid.TryParse((string)container.Id, out _));
    }

    [Fact]
    public void Start_starts_it_as_well()
    {
        dynamic container = Session.Single("New-HcsContainer $id -Start", ("id", Session.NewId()));
        Assert.Equal("Running", (string)container.State);
        Assert.Equal("Running", Session.StateOf((string)container.Id));
    }

    [Fact]
    public void It_takes_a_hashtable()
    {
        string id = Session.NewId();
        dynamic container = Session.Single("New-HcsContainer @{ Name = $id; Owner = 'me'; ProcessorCount = 0 }", ("id", id));
        Assert.Equal("me", (string)container.Owner);
    }

    [Fact]
    public void It_takes_JSON_text_from_the_pipeline_one_container_each()
    {
        string[] ids = [Session.NewId(), Session.NewId()];
        IReadOnlyList<PSObject> made = Session.Get(
            "$ids | ForEach-Object { '{\"Name\":\"' + $_ + '\",\"Owner\":\"me\"}' } | New-HcsContainer", ("ids", ids));
        Assert.Equal(ids, made.Select(c => (string)((dynamic)c.BaseObject).Id));
        Assert.All(made, c => Assert.Equal("me", (string)((dynamic)c.BaseObject).Owner));
    }

    [Fact]
    public void It_takes_a_typed_configuration_and_leaves_it_as_it_was()
    {
        IReadOnlyList<PSObject> made = Session.Get(
            """
            $config = [HcsPowerShell.Interop.Documents.ContainerConfig]::new()
            New-HcsContainer $config
            New-HcsContainer $config
            $config.Name, $config.Owner
            """);
        Assert.NotEqual((string)((dynamic)made[0].BaseObject).Id, (string)((dynamic)made[1].BaseObject).Id);
        Assert.Equal([null, null], made.Skip(2));
    }

    [Fact]
    public void It_takes_files_by_a_pattern()
    {
        using var folder = new TemporaryFolder();
        string[] ids = [Session.NewId(), Session.NewId()];
        folder.Write("a.json", $$"""{"Name":"{{ids[0]}}"}""");
        folder.Write("b.json", $$"""{"Name":"{{ids[1]}}"}""");
        Assert.Equal(ids, Session.Get("(New-HcsContainer -Path $p).Id", ("p", Path.Combine(folder.Path, "*.json")))
            .Select(id => (string)id.BaseObject));
    }

    [Fact]
    public void It_takes_a_file_by_its_exact_path()
    {
        using var folder = new TemporaryFolder();
        string id = Session.NewId();
        string file = folder.Write("web[1].json", $$"""{"Name":"{{id}}"}""");
        Assert.Equal(id, (string)Session.Single("New-HcsContainer -LiteralPath $p", ("p", file)).Id);
    }

    [Fact]
    public void Additional_JSON_wins()
    {
        dynamic container = Session.Single(
            """New-HcsContainer $id -Owner me -AdditionalJson '{"Owner":"you"}'""", ("id", Session.NewId()));
        Assert.Equal("you", (string)container.Owner);
    }

    [Fact]
    public void Additional_JSON_may_come_from_the_environment_variable_of_hcsshim()
    {
        (IReadOnlyList<string> output, string error) = Pwsh.Run(
            "(New-HcsContainer web -Owner me).Owner",
            ("HCS_HOST", "embedded"),
            ("HCSSHIM_CREATECONTAINER_ADDITIONALJSON", """{"Owner":"you"}"""));
        Assert.Equal(string.Empty, error);
        Assert.Equal("you", output[0]);
    }

    [Fact]
    public void WhatIf_creates_nothing_and_shows_the_document_without_secrets()
    {
        string id = Session.NewId();
        ScriptResult result = Session.Run(
            "New-HcsContainer $id -HostName h1 -Credentials 'S3CRET' -WhatIf -Verbose", ("id", id)).RequireNoErrors();
        Assert.Empty(result.Output);
        Assert.Null(Session.StateOf(id));
        string document = Assert.Single(result.Verbose, v => v.StartsWith("Document: ", StringComparison.Ordinal));
        Assert.Contains("\"SystemType\":\"Container\"", document, StringComparison.Ordinal);
        Assert.Contains($"\"Name\":\"{id}\"", document, StringComparison.Ordinal);
        Assert.Contains("\"HostName\":\"h1\"", document, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Verbose.Concat(result.Warnings), t => t.Contains("S3CRET", StringComparison.Ordinal));
    }

    [Fact]
    public void A_warning_names_the_members_that_are_not_enforced_and_no_others()
    {
        ScriptResult result = Session.Run(
            "$null = New-HcsContainer $id -HostName h1 -MemoryMaximumInMB 64 -TerminateOnLastHandleClosed",
            ("id", Session.NewId())).RequireNoErrors();
        string isolation = (string)Session.Single("Get-HcsHost").Isolation;
        Assert.SkipUnless(isolation == "Process", "This isolation enforces them.");
        string warning = Assert.Single(result.Warnings);
        Assert.EndsWith("does not enforce MemoryMaximumInMB, HostName.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_not_set_is_warned_of() =>
        Assert.Empty(Session.Run("New-HcsContainer $id", ("id", Session.NewId())).RequireNoErrors().Warnings);

    [Theory]
    [InlineData(@"C:\data:C:\data:ro", @"C:\data", @"C:\data", true)]
    [InlineData(@"C:\data:C:\data", @"C:\data", @"C:\data", false)]
    [InlineData("/a:/b", "/a", "/b", false)]
    [InlineData("/a:/b:rw", "/a", "/b", false)]
    [InlineData("/a:b:c", "/a:b", "c", false)]
    public void A_mapped_directory_has_a_short_form(string text, string host, string container, bool readOnly)
    {
        ScriptResult result = Session.Run(
            "New-HcsContainer web -MappedDirectory $d -WhatIf -Verbose", ("d", text)).RequireNoErrors();
        string Json(string path) => "\"" + path.Replace(@"\", @"\\", StringComparison.Ordinal) + "\"";
        Assert.Contains(
            $"{{\"HostPath\":{Json(host)},\"ContainerPath\":{Json(container)},\"ReadOnly\":{(readOnly ? "true" : "false")}",
            Assert.Single(result.Verbose, v => v.StartsWith("Document: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData(@"C:\data")]
    [InlineData(":/b")]
    [InlineData("/a:")]
    [InlineData("")]
    public void A_short_form_that_lacks_a_part_is_refused_with_the_form(string text)
    {
        ScriptResult result = Session.Run("New-HcsContainer web -MappedDirectory $d -WhatIf -Verbose", ("d", text));
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("HostPath:ContainerPath[:ro]", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public void AsJob_creates_in_the_background()
    {
        string id = Session.NewId();
        dynamic container = Session.Single("New-HcsContainer $id -AsJob | Wait-Job | Receive-Job", ("id", id));
        Assert.Equal(id, (string)container.Id);
        Assert.Equal("Created", Session.StateOf(id));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("-Verbose", true)]
    public void The_document_is_made_fit_to_show_only_for_a_reader(string parameter, bool isRead)
    {
        // Some hundred times the other allocations of the command; the shown text is in UTF-16.
        const int Length = 4_000_000;
        long alone = Allocated("-Verbose:$false", Length);
        Assert.Equal(isRead, Allocated(parameter, Length) > alone + (2 * Length));
    }

    private long Allocated(string parameter, int length) => (long)Session.Single(
        $$"""
        $before = [GC]::GetAllocatedBytesForCurrentThread()
        New-HcsContainer -Configuration $c -WhatIf {{parameter}} 4>$null
        [GC]::GetAllocatedBytesForCurrentThread() - $before
        """,
        ("c", $$"""{"HostName":"{{new string('x', length)}}"}"""));
}

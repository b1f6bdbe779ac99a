using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>
/// Tests that text that is a configuration, or its path, does not become a name or id by position or in the pipeline.
/// </summary>
public sealed class TextAtPositionTests : SessionTests
{
    private readonly TemporaryFolder _folder = new();

    public TextAtPositionTests(Session session)
        : base(session)
    {
        _folder.Write("web.json", "{}");
        _folder.Write("it's", "{}");
    }

    protected override void Disposed() => _folder.Dispose();

    [Theory]
    [InlineData("""{"Name":"@"}""")]
    [InlineData("""{ "SystemType": "Container", "Name": "@" }""")]
    [InlineData(" \n\t{\r\n \"Name\": \"@\" }")]
    public void JSON_text_is_a_configuration(string json)
    {
        string id = Session.NewId();
        dynamic container = Session.Single("New-HcsContainer $t -Start", ("t", json.Replace("@", id, StringComparison.Ordinal)));
        Assert.Equal(id, (string)container.Id);
        Assert.Equal("Running", Session.StateOf(id));
    }

    [Fact]
    public void An_empty_object_is_an_empty_configuration() =>
        Assert.True(Guid.TryParse((string)Session.Single("New-HcsContainer '{ }'").Id, out _));

    [Theory]
    [InlineData("""{"Name":""", "not valid JSON")]
    [InlineData("\uFEFF{\"Name\":\"x\"}", "not valid JSON")]
    [InlineData("""{"Name":7}""", "$.Name: a text is expected")]
    [InlineData("""[{"Name":"x"}]""", "an object is expected, not a list")]
    [InlineData("[\n {\"Name\":\"x\"}]", "an object is expected, not a list")]
    [InlineData("/* of a file */ {\"Name\":\"x\"}", "not valid JSON")]
    [InlineData("// of a file\n{ // the id\n\"Name\":\"x\"}", "not valid JSON")]
    [InlineData("@{ Name = 'x' }", "leave out the quotes")]
    [InlineData("@{Name=x}", "leave out the quotes")]
    public void What_begins_like_a_configuration_and_is_none_is_an_error(string text, string said)
    {
        ErrorRecord error = Refused("New-HcsContainer $t", ("t", text));
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Name")]
    [InlineData("-Id")]
    public void By_name_any_text_is_literal(string parameter)
    {
        string suffix = Session.NewId();
        using var folder = new TemporaryFolder();
        string file = folder.Write($"{suffix}.json", "{}");
        foreach (string text in new[] { $"{{\"{suffix}\":1}}", $"{{}}{suffix}", $"[{{{suffix}", $"@{{{suffix}}}", file })
        {
            Assert.Equal(text, (string)Session.Single($"New-HcsContainer {parameter} $t", ("t", text)).Id);
        }
    }

    [Theory]
    [InlineData("{@}")]
    [InlineData("[@]")]
    [InlineData("{ Name: @ }")]
    [InlineData("no/such/@.json")]
    [InlineData("@.json")]
    [InlineData("x*@.json")]
    public void Other_text_is_a_name(string text)
    {
        string name = text.Replace("@", Session.NewId(), StringComparison.Ordinal);
        Assert.Equal(name, (string)Session.Single("New-HcsContainer $t", ("t", name)).Id);
    }

    [Theory]
    [InlineData("{\"Name\":\"x\"}")]
    [InlineData("web.json")]
    public void Such_text_goes_with_no_parameter_of_a_single_member(string text)
    {
        foreach (string script in new[] { "New-HcsContainer $t -HostName h", "New-HcsContainer -MemoryMaximumInMB 5 $t" })
        {
            ErrorRecord error = Refused(InFolder(script), ("t", text));
            Assert.Contains("does not go with it; -Id takes it for a name", error.ToString(), StringComparison.Ordinal);
        }

        Session.Get(InFolder("New-HcsContainer -Id $t -HostName h | Stop-HcsContainer"), ("t", text));
    }

    [Theory]
    [InlineData("web.json", "New-HcsContainer -Path 'web.json'")]
    [InlineData("./web.json", "New-HcsContainer -Path './web.json'")]
    [InlineData("./it's", "New-HcsContainer -Path './it''s'")]
    [InlineData("w*.json", "New-HcsContainer -Path 'w*.json'")]
    public void The_path_of_a_file_is_refused_with_the_line_to_type(string text, string line) =>
        Assert.EndsWith("type " + line, Refused(InFolder("New-HcsContainer $t"), ("t", text)).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Test-HcsConfiguration $t", "Test-HcsConfiguration -Path 'web.json'")]
    [InlineData("ConvertFrom-HcsJson $t", "Import-HcsConfiguration 'web.json'")]
    [InlineData("ConvertTo-HcsJson $t", "Import-HcsConfiguration 'web.json' | ConvertTo-HcsJson")]
    [InlineData("$t | New-HcsContainer", "New-HcsContainer -Path 'web.json'")]
    public void Where_JSON_is_wanted_a_path_is_told_what_to_type(string script, string line)
    {
        ErrorRecord error = Session.Run(InFolder(script), ("t", "web.json"))
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.EndsWith("type " + line, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_path_is_wanted_JSON_is_told_so_and_not_shown()
    {
        ErrorRecord error = Session.Run("""Import-HcsConfiguration '{"Credentials":"S3CRET"}'""")
            .RequireError("HcsPathNotFound", ErrorCategory.ObjectNotFound);
        Assert.Contains("ConvertFrom-HcsJson reads JSON text", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_text_is_a_document_where_there_is_a_short_form_too()
    {
        ScriptResult result = Session.Run(
            """
            New-HcsContainer x -MappedDirectory '{"HostPath":"/usr","ContainerPath":"/u","ReadOnly":true}' `
                -MappedPipe '{"HostPath":"/p","ContainerPipeName":"q"}' -WhatIf -Verbose
            """).RequireNoErrors();
        string document = Assert.Single(result.Verbose, v => v.StartsWith("Document: ", StringComparison.Ordinal));
        Assert.Contains("""{"HostPath":"/usr","ContainerPath":"/u","ReadOnly":true""", document, StringComparison.Ordinal);
        Assert.Contains("""{"HostPath":"/p","ContainerPipeName":"q"}""", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stop-HcsContainer $t -Force")]
    [InlineData("$t | Stop-HcsContainer -Force")]
    [InlineData("Get-HcsContainer $t | Stop-HcsContainer -Force")]
    [InlineData("Invoke-HcsProcess $t 'kill -9 1'")]
    public void JSON_text_is_no_pattern_of_ids(string script)
    {
        // As a pattern, the text would match any id that consists of one of its characters.
        Session.Run("New-HcsContainer N -Start");
        Session.Run(script, ("t", """[{"Name":"web"}]""")).RequireError("HcsSystemNotFound", ErrorCategory.ObjectNotFound);
        Assert.Equal("Running", Session.StateOf("N"));
        Session.Get("Stop-HcsContainer N");
    }

    [Fact]
    public void Lines_of_files_are_configurations()
    {
        using var folder = new TemporaryFolder();
        string[] ids = [Session.NewId(), Session.NewId()];
        foreach (string id in ids)
        {
            folder.Write(id, $"{{\n  \"Name\": \"{id}\",\n\n  \"Owner\": \"me\"\n}}\n\n");
        }

        IReadOnlyList<PSObject> made = Session.Get(
            "Get-Content -LiteralPath $f | New-HcsContainer -Start", ("f", ids.Select(id => Path.Combine(folder.Path, id)).ToArray()));
        Assert.Equal(ids.Select(id => (id, "me")), made.Select(c => ((string)((dynamic)c.BaseObject).Id, (string)((dynamic)c.BaseObject).Owner)));
        Refused("'{', '\"Name\":' | New-HcsContainer");
    }

    [Fact]
    public void A_container_is_no_configuration()
    {
        dynamic container = Session.NewRunning();
        dynamic process = Session.StartProcess(container, "sleep", "100");
        object selected = Session.Get("$c | Select-Object Name, Owner", ("c", container)).Single();
        foreach (object value in new[] { container, Deserialized(container), selected, process, Deserialized(process) })
        {
            foreach (string script in new[] { "$o | New-HcsContainer", "$o | New-HcsContainer -Id clone", "New-HcsContainer $o" })
            {
                ErrorRecord error = Session.Run(script, ("o", value)).RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
                Assert.Contains("not a configuration, and is not copied", error.ToString(), StringComparison.Ordinal);
                Assert.Null(Session.StateOf("clone"));
            }
        }
    }

    /// <summary>Returns the script in a folder with the files <c>web.json</c> and <c>it's</c>.</summary>
    private string InFolder(string script) =>
        $"Push-Location -LiteralPath '{_folder.Path}'; try {{ {script} }} finally {{ Pop-Location }}";

    private ErrorRecord Refused(string script, params (string Name, object? Value)[] variables)
    {
        int before = Session.Get("Get-HcsContainer").Count;
        ErrorRecord error = Session.Run(script, variables).RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.Equal(before, Session.Get("Get-HcsContainer").Count);
        return error;
    }
}

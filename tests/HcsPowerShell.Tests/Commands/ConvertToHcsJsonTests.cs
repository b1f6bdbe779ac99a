using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ConvertToHcsJsonTests(Session session) : IClassFixture<Session>
{
    public static IEnumerable<TheoryDataRow<int, string, string>> Documents =>
        GoDocuments.All.Select(d => new TheoryDataRow<int, string, string>(d.Line, d.Type, d.Name));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_hashtable_by_Go_names_becomes_what_Go_wrote(int line, string type, string name)
    {
        string written = session.Single("$set | ConvertTo-HcsJson -As $type", ("set", GoDocuments.Set(line)), ("type", type));
        Assert.True(GoDocuments.Canonical(GoDocuments.Json(line)) == GoDocuments.Canonical(written), name + ": " + written);
    }

    [Theory]
    [InlineData("'{\"Resource\":\"Network\",\"Data\":\"e1\",\"Request\":\"Add\"}'")]
    [InlineData("'{\"resourcetype\":\"Network\",\"SETTINGS\":\"e1\",\"RequestType\":\"Add\"}'")]
    [InlineData("@{ resource = 'Network'; Settings = 'e1'; RequestType = 'Add' }")]
    [InlineData("[pscustomobject]@{ Resource = 'Network'; Data = 'e1'; RequestType = 'Add' }")]
    public void Members_go_by_either_name_in_any_case(string input) =>
        Assert.Equal(
            """{"ResourceType":"Network","Settings":"e1","RequestType":"Add"}""",
            (string)session.Single($"{input} | ConvertTo-HcsJson -As ResourceModificationRequestResponse"));

    [Fact]
    public void A_hashtable_may_hold_typed_documents() =>
        Assert.Equal(
            """{"SystemType":"","Name":"","Layers":[{"ID":"1","Path":"/l"}],"HvPartition":false}""",
            (string)session.Single(
                """
                $layer = [HcsPowerShell.Interop.Documents.Layer]::new(); $layer.ID = '1'; $layer.Path = '/l'
                ConvertTo-HcsJson @{ Layers = @($layer) } -As ContainerConfig
                """));

    [Fact]
    public void A_name_of_neither_kind_is_refused_by_name_in_a_hashtable_and_the_rest_goes_on()
    {
        ScriptResult result = session.Run(
            "@{ Path = 'a'; Pth = 'b' }, @{ Path = 'c' } | ConvertTo-HcsJson -As Layer");
        Assert.StartsWith(
            "Cannot write a Layer: Pth: ",
            result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData).ErrorDetails.Message,
            StringComparison.Ordinal);
        Assert.Equal("""{"ID":"","Path":"c"}""", Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void A_name_of_neither_kind_is_kept_in_JSON_text() =>
        Assert.Equal(
            """{"ID":"","Path":"a","Later":[1,null]}""",
            (string)session.Single("""'{"Later":[1,null],"Path":"a"}' | ConvertTo-HcsJson -As Layer"""));

    [Fact]
    public void As_adds_no_defaults_checks_no_ranges_and_masks_nothing() =>
        Assert.Equal(
            """{"SystemType":"","Name":"","Layers":null,"Credentials":"S3CRET","ProcessorWeight":10001,"HvPartition":false}""",
            (string)session.Single("ConvertTo-HcsJson @{ ProcessorWeight = 10001; Credentials = 'S3CRET' } -As ContainerConfig"));

    [Fact]
    public void Every_document_can_be_read_and_written()
    {
        string[] types =
            [.. session.Get("[enum]::GetNames([HcsPowerShell.Documents.HcsDocumentType])").Select(t => (string)t.BaseObject)];
        Assert.NotEmpty(types);
        Assert.All(types, type =>
        {
            string once = session.Single("'{\"Later\":1}' | ConvertTo-HcsJson -As $t", ("t", type));
            Assert.EndsWith("\"Later\":1}", once, StringComparison.Ordinal);
            Assert.Equal(
                once,
                (string)session.Single(
                    "$j | ConvertFrom-HcsJson -As $t | ConvertTo-HcsJson -As $t", ("j", once), ("t", type)));
        });
    }

    [Theory]
    [InlineData("@{ HostName = 'h1'; Credentials = 'S3CRET' }", "-SchemaVersion 1")]
    [InlineData("@{ HostName = 'h1'; MemoryMaximumInMB = 64 }", "-SchemaVersion 2.4")]
    [InlineData("'{\"Later\":1}'", "-AdditionalJson '{\"HostName\":\"h2\",\"Credentials\":\"S3CRET\",\"More\":{\"a\":1}}'")]
    public void Without_As_it_is_the_document_New_HcsContainer_would_send(string config, string options)
    {
        string id = Session.NewId();
        string written = session.Single($"{config} | ConvertTo-HcsJson -Id $id {options}", ("id", id));
        ScriptResult shown = session.Run(
            $"{config} | New-HcsContainer -Id $id {options} -WhatIf -Verbose", ("id", id)).RequireNoErrors();
        Assert.Contains("Document: " + written, shown.Verbose);
        Assert.DoesNotContain("S3CRET", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_As_the_document_is_complete() =>
        Assert.Equal(
            """{"SystemType":"Container","Name":"web","Owner":"HcsPowerShell","Layers":null,"Credentials":"***","HvPartition":false}""",
            (string)session.Single("@{ Name = 'web'; Credentials = 'S3CRET' } | ConvertTo-HcsJson"));

    [Fact]
    public void Without_As_a_whole_schema_2_document_stays_one() =>
        Assert.Equal(
            """{"Owner":"HcsPowerShell","SchemaVersion":{"Major":2,"Minor":1},"Container":{}}""",
            (string)session.Single("""'{"SchemaVersion":{"Major":2,"Minor":1},"Container":{}}' | ConvertTo-HcsJson"""));

    [Theory]
    [InlineData("@{ ProcessorWeight = 10001 }", "ProcessorWeight")]
    [InlineData("@{ ProcessorCount = 'x' }", "$.ProcessorCount")]
    [InlineData("@{ ProcessorCount = [double]::NaN }", "$.ProcessorCount")]
    [InlineData("@{ ProcessorCount = 1e30 }", "$.ProcessorCount")]
    [InlineData("'nonsense'", "$")]
    [InlineData("''", "$")]
    public void Without_As_what_New_HcsContainer_would_refuse_is_refused(string input, string path)
    {
        ScriptResult result = session.Run($"{input} | ConvertTo-HcsJson");
        Assert.Empty(result.Output);
        Assert.StartsWith(
            $"Cannot write the document of a container: {path}: ",
            result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData).ErrorDetails.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Additional_JSON_with_a_name_twice_is_refused() =>
        session.Run("""ConvertTo-HcsJson @{} -AdditionalJson '{"a":1,"A":2}'""")
            .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);

    [Fact]
    public void Secrets_are_masked_wherever_they_stand_and_nothing_else_is_touched() =>
        Assert.Equal(
            """{"SystemType":"Container","Name":"ä","Owner":"o","Layers":null,"HvPartition":false,"Later":[{"x":1,"x":2,"credentials":"***","Environment":null}]}""",
            (string)session.Single(
                """ConvertTo-HcsJson '{"Name":"ä","Owner":"o","Later":[{"x":1,"x":2,"credentials":{"a":1},"Environment":null}]}'"""));

    [Fact]
    public void Values_are_what_PowerShell_has_for_them() =>
        Assert.Equal(
            """{"CommandLine":"x","Environment":{"JOBS":"4","a":"b"},"EmulateConsole":true,"ConsoleSize":[25,80],"OCISpecification":{"list":[1,{"b":true}]}}""",
            (string)session.Single(
                """
                ConvertTo-HcsJson -As ProcessConfig @{
                    CommandLine = 'x'; Environment = @{ a = 'b'; JOBS = 4 }; EmulateConsole = [switch]$true
                    ConsoleSize = 25, 80.0; OCISpecification = @{ list = 1, [pscustomobject]@{ b = $true } }
                }
                """));

    [Fact]
    public void JSON_text_may_come_line_by_line() =>
        Assert.Equal(
            ["""{"ID":"","Path":"a"}""", """{"ID":"","Path":"b"}"""],
            session.Get("""'{', '"Path":"a"', '}', @{ Path = 'b' }, '' | ConvertTo-HcsJson -As Layer""")
                .Select(j => (string)j.BaseObject));

    [Theory]
    [InlineData("ProcessConfig", """{"CommandArgs":["a"],"Environment":{"A":"b"},"ConsoleSize":[25,80],"OCISpecification":{"a":[1,{"b":2}]}}""")]
    [InlineData("ModifySettingRequest", """{"ResourcePath":"Container/Memory/SizeInMB","RequestType":"Update","Settings":64}""")]
    [InlineData("ComputeSystem", """{"SchemaVersion":{"Major":2,"Minor":1},"HostedSystem":{"SchemaVersion":{"Major":2,"Minor":0},"Container":{"Storage":{"Layers":[{"Id":"1","Path":"/l"}]},"RegistryChanges":{"DeleteKeys":[]}}}}""")]
    public void A_document_that_comes_from_a_job_is_the_same_document(string type, string json)
    {
        const string FromJob = """
            $document = $json | ConvertFrom-HcsJson -As $type
            $sent = [Management.Automation.PSSerializer]::Serialize($document)
            [Management.Automation.PSSerializer]::Deserialize($sent) | ConvertTo-HcsJson -As $type
            """;
        Assert.Equal(json, (string)session.Single(FromJob, ("json", json), ("type", type)));
    }

    [Fact]
    public void A_container_that_was_created_here_gives_its_configuration_back()
    {
        const string Create = "$c = New-HcsContainer @{ Name = 'given-back'; HostName = 'h'; Credentials = 'S3CRET' } 3>$null";
        string[] expected = [(string)session.Single("ConvertTo-HcsJson @{ Name = 'given-back'; HostName = 'h'; Credentials = 'S3CRET' }")];
        Assert.Equal(expected, session.Get($"{Create}; $c | ConvertTo-HcsJson").Select(json => json.ToString()));
        Assert.Equal(expected, session.Get("Get-HcsContainer given-back | ConvertTo-HcsJson").Select(json => json.ToString()));
        Assert.Contains("\"Credentials\":\"***\"", expected[0], System.StringComparison.Ordinal);
        session.Run("$c | ConvertTo-HcsJson -As ContainerConfig").RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
        session.Get("Stop-HcsContainer $c");
    }

    [Fact]
    public void A_container_of_another_process_gives_an_error_that_says_what_to_type()
    {
        (object host, _) = ServiceProxy.HostOf<CallTimes>(session);
        session.Get("$c = New-HcsContainer");
        ErrorRecord error = session.Run("Get-HcsContainer $c.Id -HcsHost $h | ConvertTo-HcsJson", ("h", host))
            .RequireError("HcsInvalidTarget", ErrorCategory.InvalidType);
        Assert.Contains("it is an HcsContainer, not a configuration", error.ToString(), System.StringComparison.Ordinal);
        Assert.Contains("ConvertTo-Json", error.ErrorDetails.RecommendedAction, System.StringComparison.Ordinal);
        session.Get("Stop-HcsContainer $c");
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ConvertFromHcsJsonTests(Session session) : IClassFixture<Session>
{
    public static IEnumerable<TheoryDataRow<int, string, string>> Documents =>
        GoDocuments.All.Select(d => new TheoryDataRow<int, string, string>(d.Line, d.Type, d.Name));

    [Theory]
    [MemberData(nameof(Documents))]
    public void What_Go_wrote_survives_the_way_there_and_back(int line, string type, string name)
    {
        IReadOnlyList<PSObject> read = session.Get(
            "$d = $json | ConvertFrom-HcsJson -As $type; $d.GetType().Name; $d | ConvertTo-HcsJson -As $type",
            ("json", GoDocuments.Json(line)),
            ("type", type));
        Assert.Equal(type, read[0].BaseObject);
        string written = (string)read[1].BaseObject;
        Assert.True(GoDocuments.Canonical(GoDocuments.Json(line)) == GoDocuments.Canonical(written), name + ": " + written);
    }

    [Fact]
    public void Members_the_document_does_not_have_survive_inside_it_too()
    {
        const string Json = """{"SystemType":"","Name":"","Layers":[{"ID":"1","Path":"/l","Later":{"b":1,"a":[]}}],"HvPartition":false,"AssignedDevices":null}""";
        Assert.Equal(
            Json,
            (string)session.Single(
                "$j | ConvertFrom-HcsJson -As ContainerConfig | ConvertTo-HcsJson -As ContainerConfig", ("j", Json)));
    }

    [Fact]
    public void What_is_missing_or_null_is_unknown()
    {
        dynamic read = session.Single("""'{"Timestamp":null,"Memory":{"MemoryUsageCommitBytes":18446744073709551615}}' | ConvertFrom-HcsJson -As Statistics""");
        Assert.Null((object?)read.Timestamp);
        Assert.Null((object?)read.Processor);
        Assert.Equal(ulong.MaxValue, (ulong)read.Memory.MemoryUsageCommitBytes);
        Assert.Null((object?)read.Memory.MemoryUsageCommitPeakBytes);
    }

    [Theory]
    [InlineData("""{"Name":"a"}""", "ContainerConfig")]
    [InlineData("""{"schemaversion":{"major":2,"minor":1},"Container":{}}""", "ComputeSystem")]
    public void Without_As_the_document_tells_what_it_is(string json, string type) =>
        Assert.Equal(type, (string)session.Single("($j | ConvertFrom-HcsJson).GetType().Name", ("j", json)));

    [Fact]
    public void Documents_may_come_line_by_line() =>
        Assert.Equal(
            ["ä", "b", "c"],
            session.Get("""'', '{', ' "Path":', '', '  "ä"', '}', '{"Path":"b"}', '{"Path":', '"c"}', '' | ConvertFrom-HcsJson -As Layer | ForEach-Object Path""")
                .Select(p => (string)p.BaseObject));

    [Fact]
    public void One_bad_text_is_one_error_and_the_rest_goes_on()
    {
        ScriptResult result = session.Run("""'nonsense', '{"Path":1}', '{"Path":"a"}', '{"Path":' | ConvertFrom-HcsJson -As Layer""");
        Assert.Equal(
            ["$", "$.Path", "$.Path"],
            result.Errors.Select(e => e.ErrorDetails.Message.Replace("Cannot read the document: ", string.Empty, StringComparison.Ordinal).Split(':')[0]));
        Assert.All(result.Errors, e => Assert.StartsWith("HcsInvalidConfiguration,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal("a", (string)((dynamic)Assert.Single(result.Output).BaseObject).Path);
    }

    [Fact]
    public void What_was_read_can_be_created()
    {
        string id = Session.NewId();
        Assert.Equal(
            id,
            (string)session.Single("$j | ConvertFrom-HcsJson | New-HcsContainer | ForEach-Object Id", ("j", $$"""{"Name":"{{id}}"}""")));
    }
}

using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class ImportHcsConfigurationTests : IClassFixture<Session>, IDisposable
{
    private readonly Session _session;
    private readonly TemporaryFolder _folder = new();

    public ImportHcsConfigurationTests(Session session)
    {
        _session = session;
        _folder.Write("a.json", """{"Name":"a","Later":1}""");
        _folder.Write("b.json", """{"SchemaVersion":{"Major":2,"Minor":1},"Container":{}}""");
        _folder.Write("[c].json", """{"Name":"c"}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_by_a_pattern_become_what_each_is() =>
        Assert.Equal(
            ["ContainerConfig", "ComputeSystem"],
            _session.Get("Import-HcsConfiguration $p | ForEach-Object { $_.GetType().Name }", ("p", Path.Combine(_folder.Path, "?.json")))
                .Select(t => (string)t.BaseObject));

    [Fact]
    public void A_file_by_its_exact_path() =>
        Assert.Equal(
            "c", (string)_session.Single("(Import-HcsConfiguration -LiteralPath $p).Name", ("p", Path.Combine(_folder.Path, "[c].json"))));

    [Fact]
    public void A_file_object_by_its_path() =>
        Assert.Equal(
            "c",
            (string)_session.Single(
                "$f | Import-HcsConfiguration | ForEach-Object Name",
                ("f", _session.Get("[pscustomobject]@{ PSPath = $p }", ("p", Path.Combine(_folder.Path, "[c].json")))[0])));

    [Fact]
    public void What_a_file_has_beyond_the_document_is_written_back() =>
        Assert.EndsWith(
            "\"Later\":1}",
            (string)_session.Single(
                "Import-HcsConfiguration $p | ConvertTo-HcsJson -As ContainerConfig", ("p", Path.Combine(_folder.Path, "a.json"))),
            StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_or_not_JSON_is_one_error_and_the_rest_goes_on()
    {
        string bad = _folder.Write("bad.json", "nonsense");
        ScriptResult result = _session.Run(
            "Import-HcsConfiguration $none, $bad, $good, nowhere:x",
            ("none", Path.Combine(_folder.Path, "none.json")),
            ("bad", bad),
            ("good", Path.Combine(_folder.Path, "a.json")));
        Assert.Equal(
            ["HcsPathNotFound", "HcsInvalidConfiguration", "HcsPathNotFound"],
            result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains(bad, result.Errors[1].ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal("a", (string)((dynamic)Assert.Single(result.Output).BaseObject).Name);
    }
}

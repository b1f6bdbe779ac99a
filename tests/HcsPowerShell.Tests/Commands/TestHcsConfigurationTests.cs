using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

public sealed class TestHcsConfigurationTests(Session session) : IClassFixture<Session>, IDisposable
{
    private const string Schema2 = """{"SchemaVersion":{"Major":2,"Minor":1},""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("@{}")]
    [InlineData("@{ Name = 'web'; ProcessorWeight = 10000; ProcessorMaximum = 1; layers = @(@{ ID = '1'; Path = '/l' }) }")]
    [InlineData("[HcsPowerShell.Interop.Documents.ContainerConfig]::new()")]
    [InlineData("[pscustomobject]@{ Name = 'web' }")]
    [InlineData("'{\"HvRuntime\":null,\"EndpointList\":[],\"MappedVirtualDisks\":[{\"ContainerPath\":\"/d\",\"Cache\":\"private\"}]}'")]
    [InlineData("'{', '\"Name\":\"web\"', '}'")]
    [InlineData("'" + Schema2 + "\"Container\":{\"RegistryChanges\":{\"any\":[1]},\"Memory\":{\"SizeInMB\":64}}}'")]
    [InlineData("'" + Schema2 + "\"VirtualMachine\":{\"any\":1}}'")]
    public void A_configuration_without_a_problem_is_true(string input)
    {
        Assert.Equal(true, Assert.Single(session.Get($"{input} | Test-HcsConfiguration")).BaseObject);
        Assert.Empty(session.Get($"{input} | Test-HcsConfiguration -Detailed"));
    }

    [Theory]
    [InlineData("'nonsense'", "$")]
    [InlineData("''", "$")]
    [InlineData("'{\"Name\":'", "$")]
    [InlineData("'[]'", "$")]
    [InlineData("@{ Nmae = 'web' }", "Nmae")]
    [InlineData("'{\"Later\":1}'", "Later")]
    [InlineData("@{ Name = \"a`nb\" }", "Name")]
    [InlineData("@{ ProcessorCount = -1 }", "ProcessorCount")]
    [InlineData("@{ ProcessorCount = $null }", "ProcessorCount")]
    [InlineData("@{ ProcessorCount = 1.5 }", "ProcessorCount")]
    [InlineData("@{ HvPartition = 'yes' }", "HvPartition")]
    [InlineData("@{ Name = [DateTime] }", "Name")]
    [InlineData("@{ ProcessorWeight = 10001 }", "ProcessorWeight")]
    [InlineData("@{ ProcessorMaximum = -1 }", "ProcessorMaximum")]
    [InlineData("@{ ProcessorMaximum = 10001 }", "ProcessorMaximum")]
    [InlineData("@{ MemoryMaximumInMB = -1 }", "MemoryMaximumInMB")]
    [InlineData("@{ Layers = @(@{ ID = '1'; Path = '/l' }, @{ ID = '2' }) }", "Layers[1].Path")]
    [InlineData("'{\"Layers\":[null,{\"Path\":\"/l\"}]}'", "Layers[0]")]
    [InlineData("'{\"EndpointList\":[\"a\",1]}'", "EndpointList[1]")]
    [InlineData("'{\"HostName\":\"a\",\"hostname\":\"b\"}'", "hostname")]
    [InlineData("@{ MappedPipes = @(@{ HostPath = '/p' }) }", "MappedPipes[0].ContainerPipeName")]
    [InlineData("@{ MappedVirtualDisks = @(@{ ContainerPath = '/d'; Cache = 'Fast' }) }", "MappedVirtualDisks[0].Cache")]
    [InlineData("'" + Schema2 + "\"Owner\":\"me\"}'", "$")]
    [InlineData("'" + Schema2 + "\"Container\":{},\"VirtualMachine\":{}}'", "$")]
    [InlineData("'" + Schema2 + "\"Container\":{\"Memory\":{\"SizeInMb\":64,\"Later\":1}}}'", "Container.Memory.Later")]
    [InlineData("'" + Schema2 + "\"Container\":{\"Processor\":{\"Weight\":10001}}}'", "Container.Processor.Weight")]
    [InlineData("'" + Schema2 + "\"Container\":{\"Processor\":{\"Weight\":1,\"Count\":2}}}'", "Container.Processor")]
    [InlineData("'" + Schema2 + "\"Container\":{\"MappedDirectories\":[{\"HostPath\":\"/a\",\"ContainerPath\":\"/b\",\"SupportCloudFiles\":true}]}}'", "Container.MappedDirectories[0].SupportCloudFiles")]
    [InlineData("'" + Schema2 + "\"Container\":{\"MappedPipes\":[{\"ContainerPipeName\":\"p\",\"HostPath\":\"/p\",\"HostPathType\":\"x\"}]}}'", "Container.MappedPipes[0].HostPathType")]
    public void A_problem_is_one_error_with_its_path_and_false(string input, string path)
    {
        ScriptResult result = session.Run($"{input} | Test-HcsConfiguration");
        ErrorRecord error = result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.StartsWith($"Cannot use the configuration: {path}: ", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(false, Assert.Single(result.Output).BaseObject);
        dynamic problem = session.Single($"{input} | Test-HcsConfiguration -Detailed");
        Assert.Equal(path, (string)problem.Path);
        Assert.Contains((string)problem.Message, error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_come_at_once_and_no_value_of_a_text_is_shown()
    {
        ScriptResult result = session.Run(
            """
            '{"Credentials":5,"ProcessorCount":"S3CRET","Later":1,"ProcessorWeight":10001,"Layers":[{"ID":"1"},5],
              "MappedDirectories":[{"HostPath":7,"ContainerPath":""}],"HvRuntime":[]}' | Test-HcsConfiguration
            """);
        Assert.Equal(
            [
                "Credentials", "ProcessorCount", "Later", "Layers[1]", "MappedDirectories[0].HostPath", "HvRuntime",
                "Layers[0].Path", "ProcessorWeight", "MappedDirectories[0].ContainerPath",
            ],
            result.Errors.Select(e => e.ErrorDetails.Message.Split(": ")[1]));
        Assert.DoesNotContain(result.Errors, e => e.ToString().Contains("S3CRET", StringComparison.Ordinal));
        Assert.Equal(false, Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void A_type_that_is_wrong_is_told_with_what_is_expected() =>
        Assert.Equal(
            "a whole number from 0 to 4294967295 is expected, not -1.",
            (string)session.Single("(Test-HcsConfiguration @{ ProcessorCount = -1 } -Detailed).Message"));

    [Fact]
    public void Files_are_checked_one_by_one()
    {
        string good = _folder.Write("a.json", """{"Name":"a"}""");
        string bad = _folder.Write("b.json", """{"Nmae":"a"}""");
        string odd = _folder.Write("[c].json", """{"Name":"a"}""");
        ScriptResult result = session.Run("Test-HcsConfiguration -Path $p", ("p", Path.Combine(_folder.Path, "?.json")));
        Assert.Equal([true, false], result.Output.Select(o => (bool)o.BaseObject));
        Assert.Contains(
            bad,
            result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData).ErrorDetails.Message,
            StringComparison.Ordinal);
        Assert.Equal(bad, (string)session.Single("(Test-HcsConfiguration -LiteralPath $a, $b -Detailed).File", ("a", good), ("b", bad)));
        Assert.True((bool)session.Single("[IO.FileInfo]::new($c) | Test-HcsConfiguration", ("c", odd)));
    }

    [Fact]
    public void A_file_that_is_not_there_is_neither_true_nor_false()
    {
        ScriptResult result = session.Run("Test-HcsConfiguration -LiteralPath $p", ("p", Path.Combine(_folder.Path, "none")));
        result.RequireError("HcsPathNotFound", ErrorCategory.ObjectNotFound);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("@{ MappedVirtualDisks = @(@{ ContainerPath = '/d'; Cache = 'Fast' }) }")]
    [InlineData("'{\"Layers\":[null]}'")]
    [InlineData("'" + Schema2 + "\"Owner\":\"me\"}'")]
    [InlineData("'" + Schema2 + "\"Container\":{\"Processor\":{\"Weight\":10001}}}'")]
    public void What_is_false_is_not_created(string input) =>
        session.Run($"{input} | New-HcsContainer").RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);

    [Fact]
    public void What_the_quick_start_creates_is_true() =>
        Assert.True((bool)session.Single(
            "Test-HcsConfiguration -LiteralPath $p",
            ("p", Path.Combine(StagedModule.RepositoryRoot, "docs", "examples", "quickstart.json"))));
}

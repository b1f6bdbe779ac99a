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

    /// <summary>What both the test and the creation refuse, and the member that is at fault.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "'nonsense'", "$" },
        { "''", "$" },
        { "'[]'", "$" },
        { "@{ Name = 'web'; SystemType = 'VirtualMachine' }", "SystemType" },
        { "'{\"Name\":\"web\",\"SystemType\":\"Contianer\"}'", "SystemType" },
        { "@{ ContainerType = 'Darwin' }", "ContainerType" },
        { "[pscustomobject]@{ Name = 'web'; ProcessorCount = 'two' }", "ProcessorCount" },
        { "[pscustomobject]@{ Name = 'web'; Start = 'maybe' }", "Start" },
        { "[pscustomobject]@{ Name = 'web'; TimeoutSec = '-1' }", "TimeoutSec" },
        { "[pscustomobject]@{ Name = 'web'; SchemaVersion = '7' }", "SchemaVersion" },
        { "@{ Nmae = 'web' }", "Nmae" },
        { "@{ ProcessorCount = -1 }", "ProcessorCount" },
        { "@{ ProcessorCount = $null }", "ProcessorCount" },
        { "@{ ProcessorCount = 1.5 }", "ProcessorCount" },
        { "@{ HvPartition = 'yes' }", "HvPartition" },
        { "@{ Name = [DateTime] }", "Name" },
        { "@{ ProcessorWeight = 10001 }", "ProcessorWeight" },
        { "@{ ProcessorMaximum = -1 }", "ProcessorMaximum" },
        { "@{ ProcessorMaximum = 10001 }", "ProcessorMaximum" },
        { "@{ MemoryMaximumInMB = -1 }", "MemoryMaximumInMB" },
        { "@{ Layers = @(@{ ID = '1'; Path = '/l' }, @{ ID = '2' }) }", "Layers[1].Path" },
        { "'{\"Layers\":[null,{\"Path\":\"/l\"}]}'", "Layers[0]" },
        { "'{\"EndpointList\":[\"a\",1]}'", "EndpointList[1]" },
        { "'{\"HostName\":\"a\",\"hostname\":\"b\"}'", "hostname" },
        { "@{ MappedPipes = @(@{ HostPath = '/p' }) }", "MappedPipes[0].ContainerPipeName" },
        { "@{ MappedVirtualDisks = @(@{ ContainerPath = '/d'; Cache = 'Fast' }) }", "MappedVirtualDisks[0].Cache" },
        { "'" + Schema2 + "\"Owner\":\"me\"}'", "$" },
        { "'" + Schema2 + "\"Container\":{},\"VirtualMachine\":{}}'", "$" },
        { "'" + Schema2 + "\"Container\":{\"Processor\":{\"Weight\":10001}}}'", "Container.Processor.Weight" },
        { "'" + Schema2 + "\"Container\":{\"Processor\":{\"Weight\":1,\"Count\":2}}}'", "Container.Processor" },
        { "'" + Schema2 + "\"Container\":{\"MappedDirectories\":[{\"HostPath\":\"/a\",\"ContainerPath\":\"/b\",\"SupportCloudFiles\":true}]}}'", "Container.MappedDirectories[0].SupportCloudFiles" },
        { "'" + Schema2 + "\"Container\":{\"MappedPipes\":[{\"ContainerPipeName\":\"p\",\"HostPath\":\"/p\",\"HostPathType\":\"x\"}]}}'", "Container.MappedPipes[0].HostPathType" },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("@{ Name = 'web'; ProcessorWeight = 10000; ProcessorMaximum = 1; layers = @(@{ ID = '1'; Path = '/l' }) }")]
    [InlineData("[HcsPowerShell.Interop.Documents.ContainerConfig]@{ Name = 'web' }")]
    [InlineData("[pscustomobject]@{ Name = 'web' }")]
    [InlineData("[pscustomobject]@{ Id = 'web'; SchemaVersion = '2.3'; Start = 'True'; TimeoutSec = '9'; ProcessorCount = '2'; HvPartition = '' }")]
    [InlineData("@{ SystemType = 'Container' }")]
    [InlineData("@{ ContainerType = 'Linux' }")]
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
    [MemberData(nameof(Refused))]
    [InlineData("@{ Name = \"a`nb\" }", "Name")]
    [InlineData("'{\"Name\":'", "$")]
    [InlineData("@{}", "$")]
    [InlineData("'{ }'", "$")]
    [InlineData("'{\"Name\":\"\",\"Layers\":[]}'", "$")]
    [InlineData("[HcsPowerShell.Interop.Documents.ContainerConfig]::new()", "$")]
    public void A_problem_is_one_error_with_its_path_and_false(string input, string path)
    {
        ScriptResult result = session.Run($"{input} | Test-HcsConfiguration");
        ErrorRecord error = result.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
        Assert.StartsWith($"Cannot use the configuration: {path}: ", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(false, Assert.Single(result.Output).BaseObject);
        dynamic problem = session.Single($"{input} | Test-HcsConfiguration -Detailed");
        Assert.Equal(path, (string)problem.Path);
        Assert.Equal("Error", (string)problem.Severity);
        Assert.Contains((string)problem.Message, error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_in_the_environment_is_its_text() =>
        Assert.Equal(true, session.Single("Test-HcsConfiguration @{ CommandLine = 'x'; Environment = @{ JOBS = 4 } } -As ProcessConfig"));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Creation_refuses_the_same_member(string input, string path)
    {
        ScriptResult creation = session.Run($"{input} | New-HcsContainer -WhatIf");
        string message = creation.RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData).ErrorDetails.Message;
        Assert.Contains($": {path}: ", message.Replace("$.", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("''", message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'{\"Name\":\"web\",\"Later\":1}'", "Sent as it is: Later: ContainerConfig has no such member.")]
    [InlineData("'{\"Nmae\":\"web\"}'", "Sent as it is: Nmae: ContainerConfig has no such member; did you mean Name?")]
    [InlineData("'{\"Layers\":[{\"Path\":\"/l\",\"Idd\":1}]}'", "Sent as it is: Layers[0].Idd: Layer has no such member; did you mean ID?")]
    [InlineData("'" + Schema2 + "\"Container\":{\"Memory\":{\"SizeInMb\":64,\"Later\":1}}}'", "Sent as it is: Container.Memory.Later: ContainerMemory has no such member.")]
    public void A_member_that_creation_sends_and_does_not_know_is_a_warning(string json, string warning)
    {
        ScriptResult result = session.Run($"{json} | Test-HcsConfiguration");
        Assert.Equal(warning, Assert.Single(result.Warnings));
        Assert.Equal(true, Assert.Single(result.Output).BaseObject);
        Assert.Equal("Warning", session.Single($"({json} | Test-HcsConfiguration -Detailed).Severity"));
        Assert.Equal(true, session.Single($"{json} | ConvertFrom-HcsJson | Test-HcsConfiguration 3>$null"));
        Assert.Equal(true, session.Single($"[bool]({json} | ConvertTo-HcsJson -Id web)"));
    }

    [Theory]
    [InlineData("Nmae", "Name")]
    [InlineData("HOSTNAMES", "HostName")]
    [InlineData("Memory", "MemoryMaximumInMB")]
    [InlineData("MappedDirectory", "MappedDirectories")]
    [InlineData("Layer", "Layers")]
    [InlineData("Unheard", null)]
    public void A_typing_error_gets_the_name_that_was_meant(string name, string? meant)
    {
        foreach (string command in new[] { "Test-HcsConfiguration", "New-HcsContainer", "ConvertTo-HcsJson" })
        {
            ErrorRecord error = session.Run($"@{{ {name} = 1 }} | {command}")
                .RequireError("HcsInvalidConfiguration", ErrorCategory.InvalidData);
            Assert.EndsWith(
                meant is null ? "ContainerConfig has no such member" : $"ContainerConfig has no such member; did you mean {meant}?",
                error.ErrorDetails.Message.TrimEnd('.'),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Test-HcsConfiguration")]
    [InlineData("ConvertFrom-HcsJson")]
    [InlineData("Import-HcsConfiguration")]
    public void An_object_of_the_module_is_no_configuration(string command)
    {
        ScriptResult result = session.Run($"$c | {command}", ("c", (object)session.NewContainer()));
        Assert.Contains("is an HcsContainer", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
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
                "Credentials", "ProcessorCount", "Layers[1]", "MappedDirectories[0].HostPath", "HvRuntime",
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
        string bad = _folder.Write("b.json", """{"Name":7}""");
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

    [Theory]
    [InlineData("ProcessParameters", "@{ CommandLine = 'x'; ConsoleSize = 25, 80; UseExistingLogin = $true }")]
    [InlineData("ProcessConfig", "@{ CommandLine = 'x'; Environment = @{ A = 'b' } }")]
    [InlineData("ModifySettingRequest", "@{ ResourcePath = 'Container/Memory/SizeInMB'; RequestType = 'Update'; Settings = 64 }")]
    [InlineData("SystemQuery", "@{ Types = 'Container', 'virtualmachine'; Owners = @('me') }")]
    [InlineData("Properties", "@{ Id = 'a'; State = 'Running'; Memory = @{ any = 1 }; ProcessList = @(@{ ProcessId = 4294967292 }) }")]
    [InlineData("ServiceProperties", "@{ Properties = @(@{ any = 1 }, 7); PropertyResponses = @{ Basic = @{ Error = @{ Error = -1 } } } }")]
    [InlineData("SystemExitStatus", "@{ Status = -1; ExitType = 'ForcedExit'; Attribution = @(@{ SystemExit = @{ Detail = 'Terminate' } }) }")]
    public void A_document_of_any_kind_is_checked(string type, string document)
    {
        Assert.Equal(true, Assert.Single(session.Get($"{document} | Test-HcsConfiguration -As {type}")).BaseObject);
        Assert.Empty(session.Get($"{document} | ConvertTo-HcsJson -As {type} | Test-HcsConfiguration -As {type} -Detailed"));
    }

    [Theory]
    [InlineData("ProcessParameters", "@{ CommandLine = 'x'; CreateInUtilityVm = $true }", "CreateInUtilityVm")]
    [InlineData("ProcessParameters", "@{ CommandLine = 'x'; ConsoleSize = 25, 70000 }", "ConsoleSize[1]")]
    [InlineData("ProcessParameters", "@{ ConsoleSize = @(25) }", "CommandLine", "ConsoleSize")]
    [InlineData("ProcessConfig", "@{ CommandLine = 'x'; CommandArgs = @('y') }", "CommandArgs")]
    [InlineData("ModifySettingRequest", "@{ RequestType = 'Replace' }", "ResourcePath", "RequestType")]
    [InlineData("SystemQuery", "@{ Types = 'Container', 'Host'; Names = 'a' }", "Names", "Types[1]")]
    [InlineData("Properties", "@{ State = 'Asleep'; ProcessList = @(@{ ProcessId = -1 }); Statistics = @{ Uptime100ns = 'long' } }", "ProcessList[0].ProcessId", "Statistics.Uptime100ns", "State")]
    [InlineData("ServiceProperties", "@{ PropertyResponses = @{ Basic = @{ Error = @{ Attribution = @(@{ OperationFailure = @{ Detail = 'Nap' } }) } } } }", "PropertyResponses.Basic.Error.Attribution[0].OperationFailure.Detail")]
    [InlineData("ResultError", "@{ Error = 'no'; ErrorEvents = @(@{ EventId = 70000 }) }", "Error", "ErrorEvents[0].EventId")]
    [InlineData("SystemExitStatus", "@{ ExitType = 'Quiet' }", "ExitType")]
    [InlineData("ContainerConfig", "@{ SchemaVersion = @{ Major = 2 } }", "SchemaVersion")]
    [InlineData("HostedSystem", "@{ Container = @{ Storage = @{ Layers = @(@{ PathType = 'Relative' }) } } }", "Container.Storage.Layers[0].PathType")]
    public void Every_problem_of_a_document_of_any_kind_is_told_with_its_path(string type, string document, params string[] paths) =>
        Assert.Equal(
            paths.Order(),
            session.Get($"({document} | Test-HcsConfiguration -As {type} -Detailed).Path").Select(p => (string)p.BaseObject).Order());

    [Theory]
    [InlineData("2.1", "", true)]
    [InlineData("2.3", "", false)]
    [InlineData("2.3", "-SchemaVersion 2.3", false)]
    [InlineData("2.3", "-WindowsVersion 2004", false)]
    [InlineData("2.3", "-WindowsVersion Server2022", false)]
    public void A_member_needs_the_schema_that_has_it(string named, string parameters, bool isMissing) =>
        Assert.Equal(
            isMissing ? ["Container.MappedDirectories[0].SupportCloudFiles"] : [],
            Paths(CloudFiles(named), parameters));

    [Theory]
    [InlineData("-WindowsVersion 1809")]
    [InlineData("-SchemaVersion 2.1 -WindowsVersion 21H2")]
    [InlineData("-SchemaVersion 2.6 -WindowsVersion Server2019")]
    public void A_document_newer_than_the_release_it_is_meant_for(string parameters) =>
        Assert.Equal(["SchemaVersion", "Container.MappedDirectories[0].SupportCloudFiles"], Paths(CloudFiles("2.3"), parameters));

    [Theory]
    [InlineData("@{ Attribution = @(@{ SystemExit = @{} }) } | Test-HcsConfiguration -As SystemExitStatus -WindowsVersion", "1809", "Attribution")]
    [InlineData("@{ ExitType = 'None' } | Test-HcsConfiguration -As SystemExitStatus -WindowsVersion", "1809", "ExitType")]
    [InlineData("@{ PropertyResponses = @{ a = @{} } } | Test-HcsConfiguration -As Properties -WindowsVersion", "2004", "PropertyResponses")]
    [InlineData("@{ CommandLine = 'x' } | Test-HcsConfiguration -As ProcessParameters -WindowsVersion", "Server2016", "$")]
    public void What_a_release_does_not_have_is_told_with_the_one_that_does(string check, string release, string path)
    {
        dynamic problem = session.Single($"{check} {release} -Detailed");
        Assert.Equal(path, (string)problem.Path);
        Assert.Equal("Error", (string)problem.Severity);
        Assert.Matches("^Schema [0-9.]+ \\(Windows .*\\) does not have it; [0-9.]+ \\(Windows .*\\) does\\.$", (string)problem.Message);
        Assert.Empty(session.Get($"{check} 21H2 -Detailed"));
    }

    [Fact]
    public void A_guest_is_held_against_its_own_schema_and_not_against_that_of_the_host() =>
        Assert.Empty(Paths(
            """{"SchemaVersion":{"Major":2,"Minor":1},"HostedSystem":{"SchemaVersion":{"Major":2,"Minor":3},"Container":{"MappedDirectories":[{"HostPath":"a","ContainerPath":"b","SupportCloudFiles":true}]}}}""",
            "-WindowsVersion 1809"));

    [Fact]
    public void A_schema_1_document_is_for_every_release() =>
        Assert.Empty(Paths("""{"Name":"web"}""", "-WindowsVersion Server2016"));

    private static string CloudFiles(string schema) =>
        $$$"""{"SchemaVersion":{"Major":2,"Minor":{{{schema[2..]}}}},"Container":{"MappedDirectories":[{"HostPath":"a","ContainerPath":"b","SupportCloudFiles":true}]}}""";

    private string[] Paths(string json, string parameters) =>
        [.. session.Get($"Test-HcsConfiguration $json {parameters} -Detailed", ("json", json)).Select(p => (string)((dynamic)p.BaseObject).Path)];
}

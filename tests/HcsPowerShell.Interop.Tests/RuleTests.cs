using System.Linq;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using Xunit;

namespace HcsPowerShell.Interop.Tests;

/// <summary>Tests each rule of a sent document at both of its limits.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Name":"x"}""")]
    [InlineData("""{"Layers":[{"Path":"p"}]}""")]
    [InlineData("""{"Layers":[{"Path":"p"},{}]}""", "Layers[1].Path")]
    [InlineData(
        """{"MappedDirectories":[{"HostPath":"a","ContainerPath":"/m"},{"HostPath":"b","ContainerPath":"/m/./x/../"}]}""",
        "MappedDirectories[1].ContainerPath")]
    [InlineData(
        """{"MappedDirectories":[{"HostPath":"a","ContainerPath":"C:\\m"},{"HostPath":"b","ContainerPath":"c:/M/"}]}""",
        "MappedDirectories[1].ContainerPath")]
    [InlineData(
        """{"MappedDirectories":[{"HostPath":"a","ContainerPath":"/m"},{"HostPath":"b","ContainerPath":"/M"}]}""")]
    [InlineData(
        """{"MappedDirectories":[{"HostPath":"a","ContainerPath":"/m"}],"MappedVirtualDisks":[{"ContainerPath":"/m"}]}""",
        "MappedVirtualDisks[0].ContainerPath")]
    [InlineData(
        """{"MappedPipes":[{"HostPath":"a","ContainerPipeName":"p"},{"HostPath":"b","ContainerPipeName":"p"}]}""",
        "MappedPipes[1].ContainerPipeName")]
    [InlineData("""{"ProcessorWeight":10000}""")]
    [InlineData("""{"ProcessorWeight":10001}""", "ProcessorWeight")]
    [InlineData("""{"ProcessorMaximum":10000}""")]
    [InlineData("""{"ProcessorMaximum":10001}""", "ProcessorMaximum")]
    [InlineData("""{"ProcessorMaximum":-1}""", "ProcessorMaximum")]
    [InlineData("""{"MemoryMaximumInMB":-1}""", "MemoryMaximumInMB")]
    [InlineData("""{"MappedDirectories":[{"HostPath":"a","ContainerPath":"b"}]}""")]
    [InlineData("""{"MappedDirectories":[{"ContainerPath":"b"}]}""", "MappedDirectories[0].HostPath")]
    [InlineData("""{"MappedDirectories":[{"HostPath":"a"}]}""", "MappedDirectories[0].ContainerPath")]
    [InlineData("""{"MappedPipes":[{"ContainerPipeName":"b"}]}""", "MappedPipes[0].HostPath")]
    [InlineData("""{"MappedPipes":[{"HostPath":"a"}]}""", "MappedPipes[0].ContainerPipeName")]
    [InlineData("""{"MappedVirtualDisks":[{"HostPath":"a"}]}""", "MappedVirtualDisks[0].ContainerPath")]
    [InlineData("""{"MappedVirtualDisks":[{"ContainerPath":"b","Cache":"private"}]}""")]
    [InlineData("""{"MappedVirtualDisks":[{"ContainerPath":"b","Cache":"Some"}]}""", "MappedVirtualDisks[0].Cache")]
    public void A_container(string json, params string[] problems) =>
        Assert.Equal(problems, ContainerConfigRules.Check(HcsJson.Read<ContainerConfig>(json)).Select(p => p.Path));

    [Theory]
    [InlineData("""{"CommandLine":"a"}""")]
    [InlineData("""{"ApplicationName":"a"}""")]
    [InlineData("""{"CommandArgs":["a",""]}""")]
    [InlineData("{}", "CommandLine")]
    [InlineData("""{"CommandLine":"  "}""", "CommandLine")]
    [InlineData("""{"CommandLine":"a","CommandArgs":["a"]}""", "CommandArgs")]
    [InlineData("""{"CommandArgs":["a",null]}""", "CommandArgs")]
    [InlineData("""{"CommandLine":"a","ConsoleSize":[1]}""", "ConsoleSize")]
    [InlineData("""{"CommandLine":"a","ConsoleSize":[1,2,3]}""", "ConsoleSize")]
    [InlineData("""{"CommandLine":"a","Environment":{"=C:":"C:\\x"}}""")]
    [InlineData("""{"CommandLine":"a","Environment":{"A=B":"x"}}""", "Environment")]
    [InlineData("""{"CommandLine":"a","Environment":{"":"x"}}""", "Environment")]
    public void A_process(string json, params string[] problems) =>
        Assert.Equal(problems, ProcessConfigRules.Check(HcsJson.Read<ProcessConfig>(json)).Select(p => p.Path));

    [Theory]
    [InlineData("x", true)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    public void An_id(string id, bool isRight) => Assert.Equal(isRight, ContainerId.Problem(id) is null);

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void An_id_by_its_length(int length, bool isRight) =>
        Assert.Equal(isRight, ContainerId.Problem(new string('x', length)) is null);
}

using System.Management.Automation;

namespace HcsPowerShell.Shell.TestModule;

[Cmdlet(VerbsCommon.Get, "TestLayer")]
[OutputType(typeof(Layer))]
public sealed class GetTestLayerCommand : PSCmdlet
{
    [Parameter]
    public string Path { get; set; } = "/layers/base";

    protected override void ProcessRecord() => WriteObject(new Layer { Id = "base", Path = Path });
}

using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Commands;

/// <summary>Lets a virtual machine, or all of them, use files (HcsGrantVmAccess, HcsGrantVmGroupAccess).</summary>
[Cmdlet(VerbsSecurity.Grant, "HcsVMAccess", SupportsShouldProcess = true, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Address + "Grant-HcsVMAccess.md")]
[OutputType(typeof(void))]
public sealed class GrantHcsVMAccessCommand : HcsVMAccessCommand
{
    private protected override string Action => "Grant access to";

    private protected override string Attempt(string file) => $"grant {Machine} access to '{file}'";

    private protected override Task ChangeAsync(IMachineService machines, string? id, string file, CallOptions options) =>
        machines.GrantAccessAsync(id, file, options);

    private protected override Task UndoAsync(IMachineService machines, string? id, string file, CallOptions options) =>
        machines.RevokeAccessAsync(id, file, options);
}

using System.Management.Automation;
using System.Threading.Tasks;
using HcsPowerShell.Base;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Commands;

/// <summary>Takes back what Grant-HcsVMAccess has granted (HcsRevokeVmAccess, HcsRevokeVmGroupAccess).</summary>
[Cmdlet(VerbsSecurity.Revoke, "HcsVMAccess", SupportsShouldProcess = true, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Address + "Revoke-HcsVMAccess.md")]
[OutputType(typeof(void))]
public sealed class RevokeHcsVMAccessCommand : HcsVMAccessCommand
{
    private protected override string Action => "Revoke access of";

    private protected override string Attempt(string file) => $"revoke the access of {Machine} to '{file}'";

    private protected override Task ChangeAsync(IMachineService machines, string? id, string file, CallOptions options) =>
        machines.RevokeAccessAsync(id, file, options);

    private protected override Task UndoAsync(IMachineService machines, string? id, string file, CallOptions options) =>
        machines.GrantAccessAsync(id, file, options);
}

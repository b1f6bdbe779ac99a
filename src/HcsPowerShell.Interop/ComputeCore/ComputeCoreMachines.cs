using System;
using System.IO;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Interop.Native;
using static HcsPowerShell.Interop.Native.ComputeCore;

namespace HcsPowerShell.Interop.ComputeCore;

/// <summary>The functions of computecore.dll for virtual machines. vmcompute has none of them.</summary>
internal sealed class ComputeCoreMachines : IMachineService
{
    private readonly Lifetime _lifetime = new();

    public Task CreateStateFileAsync(string path, CallOptions options) => ChangeAsync(
        nameof(HcsCreateEmptyRuntimeStateFile),
        ComputeOperation.CreateStateFile,
        options,
        () => RunAsync(nameof(HcsCreateEmptyRuntimeStateFile), null, () => HcsCreateEmptyRuntimeStateFile(LongPath.Of(path))),
        undo: () => Task.Run(() => File.Delete(LongPath.Of(path))));

    public Task GrantAccessAsync(string? id, string path, CallOptions options) => ChangeAsync(
        id is null ? nameof(HcsGrantVmGroupAccess) : nameof(HcsGrantVmAccess),
        ComputeOperation.GrantAccess,
        options,
        () => GrantAsync(id, path),
        undo: () => RevokeAsync(id, path));

    public Task RevokeAccessAsync(string? id, string path, CallOptions options) => ChangeAsync(
        id is null ? nameof(HcsRevokeVmGroupAccess) : nameof(HcsRevokeVmAccess),
        ComputeOperation.RevokeAccess,
        options,
        () => RevokeAsync(id, path));

    public Task<ProcessorTopology> GetProcessorTopologyAsync(CallOptions options) =>
        AskAsync<ProcessorTopology>(ComputeOperation.ProcessorTopology, "ProcessorTopology", options);

    public Task<CpuGroupConfigurations> GetCpuGroupsAsync(CallOptions options) =>
        AskAsync<CpuGroupConfigurations>(ComputeOperation.CpuGroups, "CpuGroup", options);

    private static Task<bool> GrantAsync(string? id, string path) => id is null
        ? RunAsync(nameof(HcsGrantVmGroupAccess), null, () => HcsGrantVmGroupAccess(LongPath.Of(path)))
        : RunAsync(nameof(HcsGrantVmAccess), id, () => HcsGrantVmAccess(id, LongPath.Of(path)));

    private static Task<bool> RevokeAsync(string? id, string path) => id is null
        ? RunAsync(nameof(HcsRevokeVmGroupAccess), null, () => HcsRevokeVmGroupAccess(LongPath.Of(path)))
        : RunAsync(nameof(HcsRevokeVmAccess), id, () => HcsRevokeVmAccess(id, LongPath.Of(path)));

    private static Task<bool> RunAsync(string function, string? id, Func<int> call) =>
        NativeCall.RunAsync(function, id, () =>
        {
            int hresult = call();
            return hresult < 0 ? throw new HcsException(function, hresult, id) : true;
        });

    /// <summary>Makes a call, and takes back a change that comes after its caller has stopped waiting.</summary>
    private Task ChangeAsync(
        string function, ComputeOperation operation, CallOptions options, Func<Task<bool>> make, Func<Task>? undo = null) =>
        new BoundedCall(function, operation.DefaultTimeout(), null, _lifetime, options).RunAsync(
            _ => make(),
            undo is null ? null : async late =>
            {
                await late.ConfigureAwait(false);
                await undo().ConfigureAwait(false);
            });

    private Task<T> AskAsync<T>(ComputeOperation operation, string property, CallOptions options)
        where T : HcsDocument => new BoundedCall(operation, null, _lifetime, options)
        {
            Request = () => CallDocument.OfRequest(new PropertyQuery { PropertyTypes = [property] }),
        }.RunAsync(async _ => AnswerDocument.Read<T>(
            operation.Function(), null, await ServiceQuery.ReadAsync(property).ConfigureAwait(false)));
}

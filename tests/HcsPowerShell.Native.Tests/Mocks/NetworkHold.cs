using HcsPowerShell.Contract;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Holds the function of one operation on networks.</summary>
internal sealed class NetworkHold : IHeldCalls
{
    private readonly string _function;
    private readonly string? _undoing;
    private readonly int _before;

    internal NetworkHold(ComputeOperation operation)
    {
        _function = operation.Function();
        _undoing = _function.StartsWith("HcnCreate", System.StringComparison.Ordinal)
            ? _function.Replace("Create", "Delete", System.StringComparison.Ordinal)
            : null;
        _before = Undone;
        MockLibrary.VmCompute.Hold(_function);
    }

    public int AtWork => MockLibrary.VmCompute.Waiting(_function);

    public bool AreUndone => _undoing is null || Undone > _before;

    private int Undone => _undoing is null ? 0 : MockLibrary.VmCompute.Calls(_undoing);

    public void Dispose() => MockLibrary.VmCompute.Hold(_function, on: false);
}

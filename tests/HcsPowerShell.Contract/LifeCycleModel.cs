using HcsPowerShell.Interop;

namespace HcsPowerShell.Contract;

/// <summary>The model of the life cycle: one id, at most one system with that id, two handles.</summary>
internal sealed class LifeCycleModel
{
    private readonly Handle?[] _handles = new Handle?[2];
    private Incarnation? _system;

    /// <summary>The state, as the service names it; null if there is no such system.</summary>
    public string? State => _system is { IsOver: false } ? _system.State : null;

    /// <summary>True for a handle on a system that has ended.</summary>
    public bool IsOver(int handle) => _handles[handle] is { System.IsOver: true };

    /// <summary>False for a step that the model does not cover.</summary>
    public bool Knows(ModelStep step)
    {
        if (step.Kind is ModelStepKind.Create or ModelStepKind.Open or ModelStepKind.List)
        {
            return true;
        }

        // A shutdown needs a running system; the adapters differ in the other states.
        return _handles[step.Handle] is { } handle
            && (step.Kind != ModelStepKind.Shutdown || handle.IsClosed || handle.System is { IsOver: true } or { State: "Running" });
    }

    /// <summary>Takes the step, and returns the code with which it is refused, or 0.</summary>
    public int Take(ModelStep step)
    {
        switch (step.Kind)
        {
            case ModelStepKind.List:
                return 0;
            case ModelStepKind.Create when State is not null:
                return HResult.SystemAlreadyExists;
            case ModelStepKind.Create:
                _system = new Incarnation();
                _handles[step.Handle] = new Handle(_system);
                return 0;
            case ModelStepKind.Open when State is null:
                return HResult.SystemNotFound;
            case ModelStepKind.Open:
                _handles[step.Handle] = new Handle(_system!);
                return 0;
        }

        Handle handle = _handles[step.Handle]!;
        if (step.Kind == ModelStepKind.Close)
        {
            // The earlier one counts, the close or the exit.
            handle.IsClosed |= !handle.System.IsOver;
            return 0;
        }

        return handle.IsClosed ? HResult.InvalidHandle : Take(step.Kind, handle.System);
    }

    private static int Take(ModelStepKind kind, Incarnation system)
    {
        if (kind is ModelStepKind.Terminate or ModelStepKind.Shutdown)
        {
            system.IsOver = true;
            return 0;
        }

        if (system.IsOver)
        {
            return HResult.SystemAlreadyStopped;
        }

        (string? needed, string becomes) = kind switch
        {
            ModelStepKind.Start => ("Created", "Running"),
            ModelStepKind.Pause => ("Running", "Paused"),
            ModelStepKind.Resume => ("Paused", "Running"),
            ModelStepKind.Process => ("Running", "Running"),
            _ => (null, system.State),
        };
        if (needed is not null && needed != system.State)
        {
            return HResult.InvalidState;
        }

        system.State = becomes;
        return 0;
    }

    private sealed class Incarnation
    {
        public string State { get; set; } = "Created";

        public bool IsOver { get; set; }
    }

    private sealed class Handle(Incarnation system)
    {
        public Incarnation System => system;

        public bool IsClosed { get; set; }
    }
}

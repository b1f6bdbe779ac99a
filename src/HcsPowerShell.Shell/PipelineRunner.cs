using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;

namespace HcsPowerShell.Shell;

/// <summary>Runs one pipeline at a time with its output and errors going to the console as they come.</summary>
internal sealed class PipelineRunner(Runspace runspace, ShellUserInterface userInterface, Interrupt interrupt)
{
    /// <summary>Runs a command line, which the history keeps and <c>$?</c> is about; false if an exception ended it.</summary>
    public bool Run(string text, bool takesInput = false) =>
        Run(IsIdle ? runspace.CreatePipeline(text, true) : runspace.CreateNestedPipeline(text, true), takesInput);

    /// <summary>Runs a command that nobody typed; false if an exception ended it.</summary>
    public bool Run(Command command, bool takesInput = false)
    {
        Pipeline pipeline = CreatePipeline();
        pipeline.Commands.Add(command);
        return Run(pipeline, takesInput);
    }

    /// <summary>Runs a command and returns the text of its first result, or an empty text if it fails.</summary>
    public string Evaluate(string command)
    {
        using Pipeline pipeline = CreatePipeline();
        pipeline.Commands.Add(command);
        try
        {
            return Invoke(pipeline) is [{ } first, ..] ? first.ToString() : string.Empty;
        }
        catch (RuntimeException)
        {
            return string.Empty;
        }
    }

    /// <summary>Inside a stopped command only a nested pipeline can run.</summary>
    private bool IsIdle => runspace.RunspaceAvailability == RunspaceAvailability.Available;

    private Pipeline CreatePipeline() => IsIdle ? runspace.CreatePipeline() : runspace.CreateNestedPipeline();

    private bool Run(Pipeline pipeline, bool takesInput)
    {
        using (pipeline)
        {
            pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            pipeline.Commands.Add("Out-Default");
            try
            {
                Invoke(pipeline, takesInput);
                return true;
            }
            catch (RuntimeException failure)
            {
                Report(failure.ErrorRecord);
                return false;
            }
            finally
            {
                userInterface.Output.ClearProgress();
                userInterface.WriteHint();
            }
        }
    }

    private Collection<PSObject> Invoke(Pipeline pipeline, bool takesInput = false)
    {
        Pipeline? interrupted = interrupt.Target(pipeline);
        try
        {
            return takesInput ? InvokeWithInput(pipeline) : pipeline.Invoke();
        }
        finally
        {
            interrupt.Target(interrupted);
        }
    }

    /// <summary>Starts the pipeline before its input is complete, which the synchronous call does not.</summary>
    private static Collection<PSObject> InvokeWithInput(Pipeline pipeline)
    {
        using var ended = new ManualResetEventSlim();
        pipeline.StateChanged += (_, change) =>
        {
            if (change.PipelineStateInfo.State
                is PipelineState.Completed or PipelineState.Failed or PipelineState.Stopped)
            {
                ended.Set();
            }
        };
        pipeline.InvokeAsync();
        StandardInput.Feed(pipeline.Input);
        ended.Wait();
        return pipeline.PipelineStateInfo is { State: PipelineState.Failed, Reason: { } failure }
            ? throw failure
            : pipeline.Output.ReadToEnd();
    }

    private void Report(ErrorRecord error)
    {
        using Pipeline pipeline = CreatePipeline();
        var show = new Command("Out-Default");
        show.Parameters.Add("InputObject", error);
        pipeline.Commands.Add(show);
        userInterface.WritesErrors = true;
        try
        {
            Invoke(pipeline);
        }
        finally
        {
            userInterface.WritesErrors = false;
        }
    }
}

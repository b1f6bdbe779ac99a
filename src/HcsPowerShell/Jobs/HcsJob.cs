using System;
using System.Collections.Generic;
using System.Management.Automation;
using HcsPowerShell.Execution;

namespace HcsPowerShell.Jobs;

/// <summary>Creates the job that a command returns: a parent, and one child for each target.</summary>
internal static class HcsJob
{
    /// <summary>The type of the job, as Get-Job shows it.</summary>
    public const string JobType = "HcsJob";

    /// <summary>Starts the work and registers the job, so that Get-Job finds it.</summary>
    /// <param name="cmdlet">The command that returns the job.</param>
    /// <param name="errorsStop">True when errors stop the pipeline of the command.</param>
    /// <param name="work">The work, one for each child.</param>
    public static Job Start(PSCmdlet cmdlet, bool errorsStop, IReadOnlyList<TargetWork> work)
    {
        string command = JobCommand.Of(cmdlet.MyInvocation);
        var parent = new ContainerParentJob(command, name: null, Guid.NewGuid(), JobType);
        foreach (TargetWork target in work)
        {
            parent.AddChildJob(new HcsChildJob(parent, target, errorsStop));
        }

        var definition = new JobDefinition(typeof(HcsJobSourceAdapter), command, parent.Name);
        cmdlet.JobManager.NewJob(new JobInvocationInfo(
            definition, new Dictionary<string, object> { [HcsJobSourceAdapter.JobParameter] = parent }));
        parent.StartJob();
        return parent;
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace HcsPowerShell.Jobs;

/// <summary>
/// Provides the jobs of the commands to the job manager of a runspace. PowerShell creates an adapter when it imports
/// the module.
/// </summary>
public sealed class HcsJobSourceAdapter : JobSourceAdapter
{
    internal const string JobParameter = "Job";

    [ThreadStatic]
    private static Job2? s_ending;

    private readonly ConcurrentDictionary<Guid, Job2> _jobs = new();

    /// <summary>Names the adapter after the type of its jobs.</summary>
    public HcsJobSourceAdapter() => Name = HcsJob.JobType;

    /// <inheritdoc/>
    public override Job2 NewJob(JobInvocationInfo specification)
    {
        var job = (Job2)specification.Parameters[0].Single(p => p.Name == JobParameter).Value;
        _jobs[job.InstanceId] = job;
        return job;
    }

    /// <inheritdoc/>
    public override IList<Job2> GetJobs() => [.. _jobs.Values];

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByName(string name, bool recurse) =>
        Where(job => Pattern(name).IsMatch(job.Name));

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByCommand(string command, bool recurse) =>
        Where(job => Pattern(command).IsMatch(job.Command));

    /// <inheritdoc/>
    public override Job2? GetJobByInstanceId(Guid instanceId, bool recurse) =>
        _jobs.TryGetValue(instanceId, out Job2? job) ? job : s_ending?.InstanceId == instanceId ? s_ending : null;

    /// <inheritdoc/>
    public override Job2? GetJobBySessionId(int id, bool recurse) => _jobs.Values.FirstOrDefault(job => job.Id == id);

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByState(JobState state, bool recurse) =>
        Where(job => job.JobStateInfo.State == state);

    /// <inheritdoc/>
    public override IList<Job2> GetJobsByFilter(Dictionary<string, object> filter, bool recurse) =>
        throw new PSNotSupportedException();

    /// <inheritdoc/>
    public override void RemoveJob(Job2 job) => _jobs.TryRemove(job.InstanceId, out _);

    /// <summary>
    /// Tells those who wait for the job that it has ended, on a thread that finds the job even when it was removed.
    /// Receive-Job -AutoRemoveJob removes a job twice that ends while its output is read: once where it reads, once
    /// where it is told. The second would be an error.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="end">Sets the state of the job.</param>
    internal static void WhileFound(Job2 job, Action end)
    {
        s_ending = job;
        try
        {
            end();
        }
        finally
        {
            s_ending = null;
        }
    }

    private static WildcardPattern Pattern(string text) =>
        new(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    private List<Job2> Where(Func<Job2, bool> isWanted) => [.. _jobs.Values.Where(isWanted)];
}

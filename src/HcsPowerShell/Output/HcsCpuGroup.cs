using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell;

/// <summary>A group of logical processors that virtual machines are bound to.</summary>
public sealed class HcsCpuGroup : HcsOutput
{
    private const uint LimitCode = 0x10000;
    private const double WholeLimit = 65536;

    internal HcsCpuGroup(HcsHost host, CpuGroupConfig group)
        : base(host)
    {
        Id = Guid.TryParse(group.GroupId, out Guid id) ? id : null;
        LogicalProcessors = (group.Affinity?.LogicalProcessors ?? []).ToArray();
        LimitPercent = group.GroupProperties?.FirstOrDefault(one => one.PropertyCode == LimitCode)?.PropertyValue
            / WholeLimit * 100;
    }

    /// <summary>Guid of the group; null when the service does not report it.</summary>
    public Guid? Id { get; }

    /// <summary>The numbers of its logical processors.</summary>
    public IReadOnlyList<uint> LogicalProcessors { get; }

    /// <summary>Limit of its processor time in percent; null without a limit.</summary>
    public double? LimitPercent { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}";
}

using System;
using System.Reflection;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>A compute service that lists what the test says, as another host might.</summary>
public class GivenList : ServiceProxy
{
    /// <summary>The answer to every enumeration, as JSON.</summary>
    public string Json { get; set; } = "[]";

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == "GetContainersAsync" ? Answer(targetMethod) : base.Invoke(targetMethod, args);

    private object? Answer(MethodInfo method)
    {
        Type list = method.ReturnType.GetGenericArguments()[0];
        Type item = list.GetGenericArguments()[0];
        object? read = item.Assembly.GetType(item.Namespace + ".HcsJson")!.GetMethod("ReadList")!
            .MakeGenericMethod(item).Invoke(null, [Json]);
        return typeof(Task).GetMethod(nameof(Task.FromResult))!.MakeGenericMethod(list).Invoke(null, [read]);
    }
}

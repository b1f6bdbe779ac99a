using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A compute service whose layers and images are on no disk: every folder is a layer, the image busybox is there, and every
/// call succeeds.
/// </summary>
public class GivenLayers : ServiceProxy
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>The changes that were asked for: method and path.</summary>
    public IReadOnlyList<string> Changes => [.. _calls];

    /// <summary>Values of the properties of every layer.</summary>
    public Dictionary<string, object?> Properties { get; } = new() { ["Kind"] = "Scratch" };

    /// <summary>Values of the properties of one layer, by its path, which win over those of every layer.</summary>
    public Dictionary<string, Dictionary<string, object?>> Of { get; } = new();

    /// <summary>Values of the properties of the image.</summary>
    public Dictionary<string, object?> ImageOf { get; } = new();

    /// <summary>The folders that are listed as mounted.</summary>
    public IReadOnlyList<string> Mounted { get; set; } = [];

    /// <summary>Returns the problem for which a method refuses a path; null when it does not.</summary>
    public Func<string, string, string?> Problem { get; set; } = (_, _) => null;

    /// <summary>Returns the exception of .NET with which a call on a path fails; null when it does not.</summary>
    public Func<string, Exception?> Failure { get; set; } = _ => null;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name is "get_Layers" or "get_Images"
        ? Answering.For(targetMethod.ReturnType, Answer)
        : base.Invoke(targetMethod, args);

    private object? Answer(MethodInfo method, object?[] arguments)
    {
        if (method.Name == "FindOwnFolderAsync")
        {
            return Task.FromResult<string?>(null);
        }

        Assembly port = method.DeclaringType!.Assembly;
        string path = arguments[0] as string ?? string.Empty;
        if (Problem(method.Name, path) is { } problem)
        {
            Type type = port.GetType("HcsPowerShell.Interop.LayerProblem")!;
            throw (Exception)Activator.CreateInstance(
                port.GetType("HcsPowerShell.Interop.LayerException")!,
                Enum.Parse(type, problem),
                path,
                $"'{path}' is bad.",
                null)!;
        }

        if (Failure(path) is { } failure)
        {
            throw failure;
        }

        if (!method.Name.StartsWith("Get", StringComparison.Ordinal))
        {
            _calls.Enqueue($"{method.Name} {path}");
        }

        return method.Name switch
        {
            "GetPropertiesAsync" => Answering.Completed(method.ReturnType, Describe(method, path)),
            "GetChainAsync" => Answering.Completed(method.ReturnType, Chain(method, (IReadOnlyList<string>)arguments[0]!)),
            "GetUsageAsync" => Answering.Completed(
                method.ReturnType,
                Activator.CreateInstance(method.ReturnType.GetGenericArguments()[0], 42L, Array.Empty<string>())!),
            "GetMountedAsync" => Task.FromResult(Mounted),
            "GetImagesAsync" => Answering.Completed(method.ReturnType, ImagesOf(method)),
            "ImportAsync" => Answering.Completed(method.ReturnType, Image(method.ReturnType.GetGenericArguments()[0])),
            "MountAsync" => Answering.Completed(method.ReturnType, Mount(method, path)),
            _ => Task.CompletedTask,
        };
    }

    private object Describe(MethodInfo method, string path)
    {
        Type type = method.ReturnType.GetGenericArguments()[0];
        object made = Activator.CreateInstance(type)!;
        Set(made, Properties.Append(new("Path", path)).Concat(Of.GetValueOrDefault(path, new())));
        return made;
    }

    private static void Set(object made, IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach ((string name, object? value) in values)
        {
            PropertyInfo property = made.GetType().GetProperty(name)!;
            property.SetValue(
                made, property.PropertyType.IsEnum ? Enum.Parse(property.PropertyType, (string)value!) : value);
        }
    }

    private static Array Chain(MethodInfo method, IReadOnlyList<string> paths)
    {
        Type layer = method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0];
        var layers = Array.CreateInstance(layer, paths.Count);
        for (int i = 0; i < paths.Count; i++)
        {
            object one = Activator.CreateInstance(layer)!;
            Set(one, [new("Path", paths[i])]);
            layers.SetValue(one, i);
        }

        return layers;
    }

    private Array ImagesOf(MethodInfo method)
    {
        Type image = method.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0];
        var images = Array.CreateInstance(image, 1);
        images.SetValue(Image(image), 0);
        return images;
    }

    private object Image(Type type)
    {
        object made = Activator.CreateInstance(type)!;
        type.GetProperty("Name")!.SetValue(made, "docker.io/library/busybox:latest");
        type.GetProperty("Digest")!.SetValue(made, "sha256:" + new string('0', 64));
        type.GetProperty("Source")!.SetValue(made, "nowhere");
        Set(made, ImageOf);
        return made;
    }

    private static object Mount(MethodInfo method, string path)
    {
        ConstructorInfo constructor = method.ReturnType.GetGenericArguments()[0].GetConstructors().Single();
        Type layer = constructor.GetParameters()[2].ParameterType.GetGenericArguments()[0];
        return constructor.Invoke([path, path + "-volume", Array.CreateInstance(layer, 0)]);
    }
}

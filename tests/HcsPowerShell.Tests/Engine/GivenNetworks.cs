using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// A compute service whose networks, endpoints and namespaces are in memory. It gives addresses and ports, refuses what
/// the service of Windows refuses, and knows the containers that a test names; any other call goes to the host behind.
/// </summary>
public class GivenNetworks : ServiceProxy
{
    private const int PortAlreadyExists = unchecked((int)0x803B0013);
    private const int ReferencesExist = unchecked((int)0x803B002C);
    private const int NetworkAlreadyExists = unchecked((int)0x803B0010);

    private readonly ConcurrentQueue<string> _calls = new();
    private Delegate? _told;
    private readonly Dictionary<string, SortedDictionary<Guid, JsonObject>> _objects = new()
    {
        ["HostComputeNetwork"] = [], ["HostComputeEndpoint"] = [], ["HostComputeNamespace"] = [],
    };

    /// <summary>The calls: method, kind, and id or filter; of a change the request, and of a container its own.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The changes among the calls.</summary>
    public IReadOnlyList<string> Changes =>
        [.. _calls.Where(call => !call.StartsWith("Get", StringComparison.Ordinal) && !call.StartsWith("Find", StringComparison.Ordinal))];

    /// <summary>The code with which a call is refused; null when it is not.</summary>
    public Func<string, int?> Refusal { get; set; } = _ => null;

    /// <summary>The error record of a refusal, as the service answers it.</summary>
    public string? Record { get; set; }

    /// <summary>The version of the service.</summary>
    public Version? Version { get; set; }

    /// <summary>Answers a query for the counters of an endpoint.</summary>
    public Func<MethodInfo, object?[], object?> Counters { get; set; } = (_, _) => null;

    /// <summary>Called before a call is answered.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>True when containers take requests to attach endpoints, which the host behind does not.</summary>
    public bool ContainersAttach { get; set; } = true;

    /// <summary>True while someone listens to the events.</summary>
    public bool IsHeard => _told is not null;

    /// <summary>Tells of a change, as the service does.</summary>
    public void Tell(string type, Guid? id, string? document = null)
    {
        Type told = _told!.GetType().GetGenericArguments()[0];
        ConstructorInfo made = told.GetConstructors().Single(one => one.GetParameters().Length == 4);
        _told.DynamicInvoke(made.Invoke(
            [Enum.Parse(made.GetParameters()[0].ParameterType, type), id, DateTimeOffset.UtcNow, document]));
    }

    public JsonObject Network(string id) => _objects["HostComputeNetwork"][Guid.Parse(id)];

    public JsonObject Endpoint(string id) => _objects["HostComputeEndpoint"][Guid.Parse(id)];

    /// <summary>Puts an object into the service; returns its guid.</summary>
    public Guid Put(string kind, string json)
    {
        var id = Guid.NewGuid();
        JsonObject one = JsonNode.Parse(json)!.AsObject();
        one["ID"] = id.ToString().ToUpperInvariant();
        lock (_objects)
        {
            _objects["HostCompute" + kind][id] = one;
        }

        return id;
    }

    /// <summary>Removes an object, as another session does.</summary>
    public void Take(string kind, Guid id)
    {
        lock (_objects)
        {
            _objects["HostCompute" + kind].Remove(id);
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        "get_Networks" => Answering.For(targetMethod.ReturnType, Answer),
        "OpenContainerAsync" or "CreateContainerAsync" when ContainersAttach => Open(targetMethod, (Task)base.Invoke(targetMethod, args)!),
        _ => base.Invoke(targetMethod, args),
    };

    private object? Open(MethodInfo method, Task opening)
    {
        Type container = method.ReturnType.GetGenericArguments()[0];
        if (opening.ContinueWith(ended => ended.IsFaulted, TaskScheduler.Default).Result)
        {
            return opening;
        }

        object inner = opening.GetType().GetProperty("Result")!.GetValue(opening)!;
        return Answering.Completed(method.ReturnType, Answering.For(container, (called, args) =>
        {
            if (called.Name != "ModifyAsync")
            {
                return called.Invoke(inner, args);
            }

            var id = (string)container.GetProperty("Id")!.GetValue(inner)!;
            return Change(called, $"ModifyContainer {id} {args[0]}", () => Attach(JsonNode.Parse((string)args[0]!)!, id));
        }));
    }

    private object? Answer(MethodInfo method, object?[] args)
    {
        if (method.IsSpecialName)
        {
            Before(method.Name);
            _told = method.Name == "add_EventReceived"
                ? Delegate.Combine(_told, (Delegate)args[0]!)
                : Delegate.Remove(_told, (Delegate)args[0]!);
            return null;
        }

        string kind = method.IsGenericMethod ? method.GetGenericArguments()[0].Name : string.Empty;
        string call = $"{method.Name} {kind} {args.FirstOrDefault()}".TrimEnd();
        lock (_objects)
        {
            return method.Name switch
            {
                "FindAsync" => Change(method, call, () => Task.FromResult<IReadOnlyList<Guid>>([.. Find(kind, (string?)args[0])])),
                "GetAsync" => Change(method, call, () => Read(method, kind, (Guid)args[0]!)),
                "CreateAsync" => Change(method, $"{call} {Text(args[1]!)}", () => Create(method, kind, (Guid)args[0]!, args[1]!)),
                "ModifyAsync" => Change(method, $"{call} {Text(args[1]!)}", () => Modify(method, kind, (Guid)args[0]!, args[1]!)),
                "DeleteAsync" => Change(method, call, () => Delete(method, kind, (Guid)args[0]!)),
                "GetVersionAsync" => Change(method, call, () => Task.FromResult(Version)),
                "GetStatisticsAsync" => Change(method, call, () => Counters(method, args)),
                _ => null,
            };
        }
    }

    private object? Change(MethodInfo method, string call, Func<object?> make)
    {
        _calls.Enqueue(call);
        Before(call);
        return Refusal(call) is { } code ? Refused(method, code) : make();
    }

    private IEnumerable<Guid> Find(string kind, string? filter)
    {
        JsonObject? wanted = filter is null ? null : JsonNode.Parse(filter)!.AsObject();
        return _objects[kind].Where(one => wanted is null || wanted.All(member => string.Equals(
            (string?)one.Value[member.Key == "VirtualNetwork" ? "HostComputeNetwork" : member.Key],
            (string?)member.Value,
            StringComparison.OrdinalIgnoreCase))).Select(one => one.Key);
    }

    private object? Read(MethodInfo method, string kind, Guid id) => _objects[kind].TryGetValue(id, out JsonObject? one)
        ? Completed(method, one)
        : Refused(method, kind == "HostComputeNetwork" ? unchecked((int)0x803B0001) : unchecked((int)0x803B0002));

    private object? Create(MethodInfo method, string kind, Guid id, object document)
    {
        JsonObject one = JsonNode.Parse(Text(document))!.AsObject();
        one["ID"] = id.ToString().ToUpperInvariant();
        if (kind == "HostComputeNetwork" && _objects[kind].Values.Any(other => (string?)other["Name"] == (string?)one["Name"]))
        {
            return Refused(method, NetworkAlreadyExists);
        }

        foreach (JsonObject settings in PortsOf(one))
        {
            settings["ExternalPort"] ??= 49152 + _objects[kind].Count;
            if (_objects[kind].Values.SelectMany(PortsOf).Any(other => IsSamePort(other, settings)))
            {
                return Refused(method, PortAlreadyExists);
            }
        }

        if (kind == "HostComputeEndpoint")
        {
            one["MacAddress"] ??= "00-15-5D-00-00-01";
            if (one["IpConfigurations"] is null)
            {
                one["IpConfigurations"] = new JsonArray(new JsonObject { ["IpAddress"] = $"172.30.0.{2 + _objects[kind].Count}" });
            }
        }

        _objects[kind][id] = one;
        return Completed(method, one);
    }

    private object? Modify(MethodInfo method, string kind, Guid id, object request)
    {
        JsonNode change = JsonNode.Parse(Text(request))!;
        JsonObject one = _objects[kind][id];
        if (kind == "HostComputeNamespace")
        {
            Guid endpoint = Guid.Parse((string)change["Settings"]!["EndpointId"]!);
            bool adds = (string)change["RequestType"]! == "Add";
            _objects["HostComputeEndpoint"][endpoint]["HostComputeNamespace"] = adds ? (string)one["ID"]! : null;
            return Task.CompletedTask;
        }

        JsonArray policies = one["Policies"] as JsonArray ?? [];
        JsonArray given = change["Settings"]!["Policies"]!.AsArray();
        if ((string)change["RequestType"]! == "Remove")
        {
            string[] gone = [.. given.Select(policy => policy!.ToJsonString())];
            one["Policies"] = new JsonArray(
                [.. policies.Where(policy => !gone.Contains(policy!.ToJsonString())).Select(policy => policy!.DeepClone())]);
            return Task.CompletedTask;
        }

        var ports = new JsonObject { ["Policies"] = given.DeepClone() };
        if (PortsOf(ports).Any(port => _objects[kind].Values.SelectMany(PortsOf).Any(other => IsSamePort(other, port))))
        {
            return Refused(method, PortAlreadyExists);
        }

        one["Policies"] = new JsonArray([.. policies.Concat(given).Select(policy => policy!.DeepClone())]);
        return Task.CompletedTask;
    }

    private object? Delete(MethodInfo method, string kind, Guid id)
    {
        string text = id.ToString().ToUpperInvariant();
        return kind == "HostComputeNetwork"
            && _objects["HostComputeEndpoint"].Values.Any(endpoint => (string?)endpoint["HostComputeNetwork"] == text)
                ? Refused(method, ReferencesExist)
            : _objects[kind].Remove(id) ? Task.CompletedTask
            : Refused(method, unchecked((int)0x80070490));
    }

    private object? Attach(JsonNode request, string container)
    {
        JsonObject endpoint = Endpoint((string)request["Settings"]!);
        IEnumerable<string> others = (endpoint["Health"]?["Extra"]?["SharedContainers"] as JsonArray ?? [])
            .Select(id => (string)id!).Where(id => id != container);
        IEnumerable<string> now = (string)request["RequestType"]! == "Add" ? others.Append(container) : others;
        endpoint["Health"] = new JsonObject
        {
            ["Extra"] = new JsonObject { ["SharedContainers"] = new JsonArray([.. now.Select(id => JsonValue.Create(id))]) },
        };
        return Task.CompletedTask;
    }

    private static IEnumerable<JsonObject> PortsOf(JsonObject endpoint) => (endpoint["Policies"] as JsonArray ?? [])
        .Where(policy => (string?)policy!["Type"] == "PortMapping").Select(policy => policy!["Settings"]!.AsObject());

    private static bool IsSamePort(JsonObject one, JsonObject other) =>
        one["ExternalPort"]?.ToString() == other["ExternalPort"]?.ToString()
        && ProtocolOf(one) == ProtocolOf(other);

    // The service reads and writes both forms.
    private static string ProtocolOf(JsonObject port) => port["Protocol"]!.ToString() is "TCP" or "6" ? "TCP" : "UDP";

    private static object? Completed(MethodInfo method, JsonObject one)
    {
        Type document = method.ReturnType.GetGenericArguments()[0];
        return Answering.Completed(
            method.ReturnType,
            Json(document).GetMethod("Read", [typeof(Type), typeof(string)])!.Invoke(null, [document, one.ToJsonString()])!);
    }

    private static string Text(object document) =>
        (string)Json(document.GetType()).GetMethod("Write")!.Invoke(null, [document])!;

    private static Type Json(Type document) => document.Assembly.GetType("HcsPowerShell.Interop.Documents.HcsJson")!;

    private object? Refused(MethodInfo method, int code)
    {
        var failure = (Exception)method.DeclaringType!.Assembly.GetType("HcsPowerShell.Interop.HcsException")!
            .GetConstructors().Single().Invoke(["Hcn" + method.Name, code, null, Record, null, null]);
        return method.ReturnType == typeof(Task) ? Task.FromException(failure) : Answering.Failed(method.ReturnType, failure);
    }
}

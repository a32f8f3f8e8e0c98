namespace CmEtl.Lambda;

/// <summary>An invocation of the function.</summary>
/// <param name="RequestId">Lambda's request id of the invocation.</param>
/// <param name="Deadline">Time at which Lambda ends the invocation.</param>
/// <param name="Event">The event as JSON. Null if it was larger than <see cref="RuntimeClient.LargestEvent"/>.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Deadline, byte[]? Event);

namespace CmEtl.Lambda;

/// <summary>One event to answer.</summary>
/// <param name="RequestId">Lambda's id of the invocation.</param>
/// <param name="Deadline">When Lambda kills the sandbox.</param>
/// <param name="Event">The event's JSON, or null when it was larger than <see cref="RuntimeClient.LargestEvent"/>.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Deadline, byte[]? Event);
